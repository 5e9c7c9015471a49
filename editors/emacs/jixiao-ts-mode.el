;;; jixiao-ts-mode.el --- 绩效：预算绩效目标的语言  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "29.1"))
;; Keywords: languages, tools
;; SPDX-License-Identifier: Apache-2.0 OR MIT

;;; Commentary:

;; 先编译一次文法（要有 C 编译器）：
;;   cc -O2 -shared -fPIC -I src -o ~/.emacs.d/tree-sitter/libtree-sitter-jixiao.so src/parser.c
;; 在 editors/tree-sitter-jixiao 里做。然后：
;;   (add-to-list 'load-path ".../editors/emacs")
;;   (require 'jixiao-ts-mode)
;; 打开 .jx 文件就有颜色、缩进和检查（eglot 启动 `jixiao lsp`）。

;;; Code:

(require 'treesit)

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
  (when (treesit-available-p)
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

;;;###autoload
(define-derived-mode jixiao-ts-mode prog-mode "绩效"
  "Budget performance targets."
  (setq-local comment-start "# ")
  (setq-local comment-start-skip "[#＃]+\\s-*")
  (setq-local tab-width 2)
  (setq-local indent-tabs-mode nil)
  (when (treesit-ready-p 'jixiao)
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
  (when (and jixiao-start-server (executable-find (car jixiao-command)))
    (eglot-ensure)))

(defun jixiao-ts-mode--name (node)
  "The name of the statement NODE."
  (treesit-node-text (treesit-node-child-by-field-name node "name") t))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.jx\\'" . jixiao-ts-mode))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons 'jixiao-ts-mode jixiao-command)))

(provide 'jixiao-ts-mode)
;;; jixiao-ts-mode.el ends here
