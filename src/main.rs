use jixiao::*;
fn main(){ let p=std::env::args().nth(1).unwrap(); let t=std::fs::read_to_string(&p).unwrap();
 let mut s=source::Sources::default(); let f=s.add(p,t.clone()); 
 println!("whole: {}", syntax::grammar_accepts(&t));
 let (tree,d)=syntax::parse(f,&t);
 fn show(n:syntax::Node,depth:usize){ println!("{}{:?} {}{} | {}", "  ".repeat(depth), n.kind(), n.label_text(), if n.is_broken(){" BROKEN"}else{""}, n.values().iter().map(|v|format!("{:?}:{}",v.kind,n.slice(v.bytes).replace("\n","⏎"))).collect::<Vec<_>>().join("  ")); for c in n.children(){show(c,depth+1)} }
 for r in tree.roots(f,&t){show(r,0)}
 for x in d{ print!("{}", diagnostic::render::graphical(&x,&s,diagnostic::render::Style{language:diagnostic::Language::Chinese,colour:false,width:100})); }
}
