;;; jixiao-ts-mode.el --- 绩效：预算绩效目标的语言  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tools
;; SPDX-License-Identifier: Apache-2.0 OR MIT

;;; Commentary:

;; 怎样装，见 editors/README.md。打开 .jx 文件就有颜色、缩进和检查（eglot 启动 `jixiao lsp`）。
;; Emacs 28 没有 treesit：颜色只分注释、文字和每行开头的词。

;;; Code:

(require 'treesit nil t)
(require 'eglot nil t)

(declare-function treesit-parser-create "treesit.c")
(declare-function eglot-managed-p "eglot")
(declare-function eglot-completion-at-point "eglot")
(declare-function eglot--snippet-expansion-fn "eglot")

(defgroup jixiao nil "Budget performance targets." :group 'languages)

(defcustom jixiao-command '("jixiao" "lsp")
  "The language server and its arguments."
  :type '(repeat string)
  :group 'jixiao)

(defcustom jixiao-start-server t
  "Whether a buffer starts the language server where it is installed."
  :type 'boolean
  :group 'jixiao)

(defvar jixiao-ts-mode--font-lock
  (when (and (fboundp 'treesit-available-p) (treesit-available-p))
    '((comment ((comment) @font-lock-comment-face))
      (keyword ((keyword) @font-lock-keyword-face))
      (string ((string) @font-lock-string-face
               (text_block) @font-lock-string-face))
      (escape ((escape) @font-lock-escape-face))
      (definition ((department name: (name) @font-lock-type-face)
                   (project name: (name) @font-lock-type-face)
                   (standard name: (name) @font-lock-type-face)
                   (indicator name: (name) @font-lock-function-name-face)
                   (indicator category: (path (name) @font-lock-constant-face))))
      (property ((field label: (name) @font-lock-property-name-face)
                 (field label: (date) @font-lock-property-name-face)
                 (account label: (label) @font-lock-property-name-face)))
      (number ((number) @font-lock-number-face
               (date) @font-lock-number-face
               (code) @font-lock-constant-face
               (unit) @font-lock-builtin-face
               (multiplier) @font-lock-builtin-face))
      (constant ((grade) @font-lock-constant-face
                 (yes_or_no) @font-lock-constant-face
                 (symbol) @font-lock-variable-name-face))
      (operator ([(comparator) (range_sign) (times) (plus)] @font-lock-operator-face)))))

(defvar jixiao-ts-mode--indent
  '((jixiao
     ((node-is "^[}｝]$") parent-bol 0)
     ((parent-is "text_block") parent-bol 2)
     ((parent-is "block") parent-bol 2)
     ((parent-is "source_file") column-0 0)
     (no-node prev-line 0))))

(defvar jixiao-ts-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?＃ "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?“ "\"" table)
    (modify-syntax-entry ?” "\"" table)
    ;; `防火宣传.宣传场次' is one word to complete.
    (modify-syntax-entry ?. "_" table)
    (modify-syntax-entry ?． "_" table)
    table))

;;;###autoload
(define-derived-mode jixiao-ts-mode prog-mode "绩效"
  "Budget performance targets."
  (setq-local comment-start "# ")
  (setq-local comment-start-skip "[#＃]+\\s-*")
  (setq-local tab-width 2)
  (setq-local indent-tabs-mode nil)
  (setq-local font-lock-defaults '((("^[ \t　]*\\([^][ \t　\n{}｛｝]+\\)" 1 font-lock-keyword-face))))
  (setq-local completion-category-overrides
              (append '((eglot-capf (styles jixiao)) (eglot (styles jixiao))) completion-category-overrides))
  (when (and jixiao-ts-mode--font-lock (treesit-ready-p 'jixiao))
    (treesit-parser-create 'jixiao)
    (setq-local treesit-font-lock-settings
                (apply #'treesit-font-lock-rules
                       (mapcan (lambda (one) (list :language 'jixiao :feature (car one) :override t (cadr one)))
                               jixiao-ts-mode--font-lock)))
    (setq-local treesit-font-lock-feature-list
                '((comment definition) (keyword string) (property number constant escape) (operator)))
    (setq-local treesit-simple-indent-rules jixiao-ts-mode--indent)
    (setq-local treesit-simple-imenu-settings
                '(("项目" "\\`project\\'" nil jixiao-ts-mode--name)
                  ("指标" "\\`indicator\\'" nil jixiao-ts-mode--name)))
    (treesit-major-mode-setup))
  (when (and jixiao-start-server (fboundp 'eglot-ensure) (executable-find (car jixiao-command)))
    (eglot-ensure)))

(defun jixiao-ts-mode--name (node)
  "The name of the statement NODE."
  (treesit-node-text (treesit-node-child-by-field-name node "name") t))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.jx\\'" . jixiao-ts-mode))

;; Completion. Eglot takes for granted that a word begins with what was typed: it lists a word that is spelt in pinyin,
;; but does not write it, or writes it beside what was typed.

(defun jixiao--all (typed table predicate _point)
  "The words of TABLE that are spelt TYPED."
  (funcall table typed predicate t))

(defun jixiao--try (typed table predicate point)
  "The only word of TABLE that is spelt TYPED, or TYPED as far as all of them go on."
  (let* ((all (jixiao--all typed table predicate point))
         (common (if (cdr all) (try-completion "" all) (substring-no-properties (or (car all) "")))))
    (cond ((null all) nil)
          ((and (null (cdr all)) (equal common typed)) t)
          ((or (null (cdr all)) (string-prefix-p typed common)) (cons common (length common)))
          (t (cons typed point)))))

(add-to-list 'completion-styles-alist '(jixiao jixiao--try jixiao--all "Words by their pinyin, as the server lists them."))

(defun jixiao--completion-at-point ()
  "What eglot offers here; the chosen word replaces what was typed."
  (when-let* ((answer (and (eglot-managed-p) (eglot-completion-at-point))))
    (pcase-let* ((`(,start ,end ,table . ,more) answer)
                 (start-marker (copy-marker start))
                 (typed (buffer-substring-no-properties start end))
                 (point-inside (- (point) start)))
      `(,start ,end ,table
        :exit-function
        ,(lambda (word status)
           (when (memq status '(finished exact))
             (with-current-buffer (marker-buffer start-marker)
               (let* ((is-word (lambda (one) (string= one word)))
                      (offered (seq-find is-word (funcall table typed nil t) word))
                      (item (get-text-property 0 'eglot--lsp-item offered)))
                 ;; The server's edit is of the text that it was asked of.
                 (delete-region start-marker (point))
                 (insert typed)
                 (goto-char (+ start-marker point-inside))
                 (jixiao--write item)))))
        ,@more))))

(defun jixiao--write (item)
  "Make the edit of ITEM, which the server offered."
  (let* ((edit (plist-get item :textEdit))
         (region (if (fboundp 'eglot-range-region) 'eglot-range-region 'eglot--range-region))
         (bounds (funcall region (plist-get edit :range)))
         (snippet (and (eql (plist-get item :insertTextFormat) 2) (eglot--snippet-expansion-fn))))
    (delete-region (car bounds) (cdr bounds))
    (goto-char (car bounds))
    (funcall (or snippet #'insert) (plist-get edit :newText))))

(defun jixiao--complete-here ()
  "Complete by `jixiao--completion-at-point' where eglot is at work."
  (when (and (derived-mode-p 'jixiao-ts-mode) (eglot-managed-p))
    (setq-local completion-at-point-functions
                (cons #'jixiao--completion-at-point
                      (remq #'eglot-completion-at-point completion-at-point-functions)))))

(add-hook 'eglot-managed-mode-hook #'jixiao--complete-here)

(defun jixiao--decoded (path)
  "PATH with its bytes read as UTF-8.
Eglot up to Emacs 30 leaves them as they are, and then finds no
buffer of a file with a Chinese name."
  (if (stringp path) (decode-coding-string path 'utf-8) path))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons 'jixiao-ts-mode jixiao-command))
  (advice-add (if (fboundp 'eglot-uri-to-path) 'eglot-uri-to-path 'eglot--uri-to-path)
              :filter-return #'jixiao--decoded))

(provide 'jixiao-ts-mode)
;;; jixiao-ts-mode.el ends here
