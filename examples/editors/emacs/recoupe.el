;;; recoupe.el --- recoupe in Emacs, by Eglot -*- lexical-binding: t -*-

;; Eglot comes with Emacs 29; for older versions it is on GNU ELPA.
;; Put this into your init file; then `M-x eglot' in a draft, or keep the hooks.

;;; Code:

(require 'eglot)

(defvar recoupe-command '("recoupe" "lsp")
  "The command of the language server, with its options.")

(dolist (mode '(text-mode html-mode mhtml-mode markdown-mode yaml-mode yaml-ts-mode))
  (add-to-list 'eglot-server-programs (cons mode recoupe-command)))

;; Modes that derive from `text-mode' (Org, LaTeX) have servers of their own: start here only where the mode is one of these.
(defun recoupe-maybe ()
  "Start the server in drafts."
  (when (memq major-mode '(text-mode html-mode mhtml-mode markdown-mode))
    (eglot-ensure)))

(add-hook 'text-mode-hook #'recoupe-maybe)
(add-hook 'html-mode-hook #'recoupe-maybe)

(provide 'recoupe)
;;; recoupe.el ends here
