//! The tree of a page, as a browser makes one of any text: what is not closed is closed, what stands astray is moved.
//!
//! Comments, and what else is never shown, are nodes without content.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, QualName};

/// The place of a node in its tree.
pub type Id = usize;

pub struct HtmlTree {
    nodes: Vec<HtmlNode>,
}

pub struct HtmlNode {
    pub parent: Option<Id>,
    pub children: Vec<Id>,
    pub content: HtmlContent,
}

pub enum HtmlContent {
    Element(HtmlElement),
    Text(StrTendril),
    Nothing,
}

pub struct HtmlElement {
    name: QualName,
    attributes: Vec<Attribute>,
}

impl HtmlElement {
    pub fn name(&self) -> &str {
        &self.name.local
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
    }
}

impl HtmlTree {
    pub const ROOT: Id = 0;

    pub fn of(page: &str) -> Self {
        let root = HtmlNode { parent: None, children: Vec::new(), content: HtmlContent::Nothing };
        let builder = HtmlBuilder(RefCell::new(Self { nodes: vec![root] }));
        html5ever::parse_document(builder, html5ever::ParseOpts::default()).one(page)
    }

    pub fn node(&self, id: Id) -> &HtmlNode {
        &self.nodes[id]
    }

    /// Every node that was made, with those that found no place.
    pub fn ids(&self) -> impl Iterator<Item = Id> {
        0..self.nodes.len()
    }

    pub fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.nodes[id].parent, |id| self.nodes[*id].parent)
    }

    pub fn element(&self, id: Id) -> Option<&HtmlElement> {
        match &self.nodes[id].content {
            HtmlContent::Element(element) => Some(element),
            HtmlContent::Text(_) | HtmlContent::Nothing => None,
        }
    }

    /// The texts below a node, in the order of the page.
    pub fn texts(&self, id: Id) -> Vec<&str> {
        let (mut texts, mut open) = (Vec::new(), vec![id]);
        while let Some(id) = open.pop() {
            if let HtmlContent::Text(text) = &self.nodes[id].content {
                texts.push(&**text);
            }
            open.extend(self.nodes[id].children.iter().rev());
        }
        texts
    }

    fn add(&mut self, content: HtmlContent) -> Id {
        self.nodes.push(HtmlNode { parent: None, children: Vec::new(), content });
        self.nodes.len() - 1
    }

    fn detach(&mut self, id: Id) {
        let Some(parent) = self.nodes[id].parent.take() else { return };
        // What is moved was mostly put there last.
        if let Some(at) = self.nodes[parent].children.iter().rposition(|child| *child == id) {
            self.nodes[parent].children.remove(at);
        }
    }

    /// Puts something among the children of a node. Text that follows text continues it.
    fn insert(&mut self, parent: Id, at: usize, child: NodeOrText<Id>) {
        let id = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                let before = at.checked_sub(1).map(|before| self.nodes[parent].children[before]);
                if let Some(HtmlContent::Text(before)) = before.map(|id| &mut self.nodes[id].content) {
                    before.push_tendril(&text);
                    return;
                }
                self.add(HtmlContent::Text(text))
            }
        };
        self.nodes[id].parent = Some(parent);
        self.nodes[parent].children.insert(at, id);
    }
}

/// Follows what the parser says.
struct HtmlBuilder(RefCell<HtmlTree>);

impl TreeSink for HtmlBuilder {
    type Handle = Id;
    type Output = HtmlTree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> HtmlTree {
        self.0.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        HtmlTree::ROOT
    }

    fn elem_name(&self, target: &Id) -> Ref<'_, QualName> {
        Ref::map(self.0.borrow(), |tree| &tree.element(*target).expect("the parser asks for names of elements").name)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        self.0.borrow_mut().add(HtmlContent::Element(HtmlElement { name, attributes }))
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.0.borrow_mut().add(HtmlContent::Nothing)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.0.borrow_mut().add(HtmlContent::Nothing)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        let mut tree = self.0.borrow_mut();
        let end = tree.nodes[*parent].children.len();
        tree.insert(*parent, end, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let has_parent = self.0.borrow().nodes[*element].parent.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// What a template holds is not shown, so it may as well lie in the template itself.
    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, one: &Id, other: &Id) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let mut tree = self.0.borrow_mut();
        if let NodeOrText::AppendNode(id) = child {
            tree.detach(id);
        }
        let Some(parent) = tree.nodes[*sibling].parent else { return };
        if let Some(at) = tree.nodes[parent].children.iter().rposition(|child| child == sibling) {
            tree.insert(parent, at, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, attributes: Vec<Attribute>) {
        if let HtmlContent::Element(element) = &mut self.0.borrow_mut().nodes[*target].content {
            for attribute in attributes {
                if element.attributes.iter().all(|known| known.name != attribute.name) {
                    element.attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.0.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let mut tree = self.0.borrow_mut();
        let children = std::mem::take(&mut tree.nodes[*node].children);
        for child in &children {
            tree.nodes[*child].parent = Some(*new_parent);
        }
        tree.nodes[*new_parent].children.extend(children);
    }
}
