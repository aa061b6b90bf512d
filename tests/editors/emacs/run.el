;;; run.el --- Emacs with its own client, eglot, which was written without a thought of this server. -*- lexical-binding: t -*-
;;
;;   emacs --batch -Q -l run.el
;;
;; Works on a copy of the story and asserts the bytes after each action. Last line: N passed, N failed, N skipped.

(require 'eglot)
(require 'cl-lib)

(defvar here (file-name-directory load-file-name))
(defvar editors (file-name-directory (directory-file-name here)))
(defvar home (file-name-as-directory (make-temp-file "storylsp-emacs-" t)))
(defvar story (concat home "The Mill Road/"))
(defvar limit (string-to-number (or (getenv "STORYLSP_TEST_LIMIT") "60")))
(defvar passed 0)
(defvar failed 0)

;; What a writer has in their init.el, which is what docs/editors.md says. Modes for Markdown and YAML are packages of their own: these stand for them.
(define-derived-mode markdown-mode text-mode "Markdown")
(define-derived-mode yaml-mode text-mode "YAML")
(add-to-list 'auto-mode-alist '("\\.md\\'" . markdown-mode))
(add-to-list 'auto-mode-alist '("\\.ya?ml\\'" . yaml-mode))
(let ((server (file-name-directory (getenv "STORYLSP_TEST_SERVER"))))
  (push server exec-path)
  (setenv "PATH" (concat server path-separator (getenv "PATH"))))
(with-temp-buffer
  (insert-file-contents (expand-file-name "../../docs/editors.md" editors))
  (search-forward "\n## Emacs\n")
  (search-forward "```elisp\n")
  (let ((begin (point)))
    (search-forward "\n```\n")
    (eval-region begin (match-beginning 0))))
(setq eglot-sync-connect limit eglot-connect-timeout limit eglot-autoshutdown t eglot-confirm-server-edits nil eglot-events-buffer-config '(:size 0 :format full)
      ;; Nothing of this machine's Emacs is read or written.
      user-emacs-directory home native-comp-jit-compilation nil
      completion-styles '(basic) make-backup-files nil create-lockfiles nil auto-save-default nil)

(defun bytes (file)
  (with-temp-buffer (set-buffer-multibyte nil) (insert-file-contents-literally file) (buffer-string)))
(defun original (file) (bytes (concat editors "workspace/" file)))
(defun in-buffer (file)
  (with-current-buffer (find-buffer-visiting (concat story file))
    (encode-coding-string (save-restriction (widen) (buffer-substring-no-properties (point-min) (point-max))) 'utf-8)))
(defun without-cr (text) (replace-regexp-in-string "\r\n" "\n" text))
(defun must (so what) (unless so (error "%s" what)))
(defun same (found wanted what)
  (must (equal found wanted) (format "%s:\n--- expected\n%s\n--- actual\n%s" what (decode-coding-string wanted 'utf-8) (decode-coding-string found 'utf-8))))
(defun until (what question)
  (let ((end (+ (float-time) limit)) answer)
    (while (not (setq answer (funcall question)))
      (must (< (float-time) end) (format "%s: not so in time" what))
      (accept-process-output nil 0.05))
    answer))

(defmacro step (title &rest body)
  "Runs BODY as the test TITLE."
  (declare (indent 1))
  `(let ((begun (float-time)) problem)
     (condition-case found (progn ,@body) (error (setq problem found)))
     (cl-incf (if problem failed passed))
     (princ (format "%s emacs %s, eglot: %s (%d ms)\n" (if problem "FAIL " "ok   ") emacs-version ,title (* 1000 (- (float-time) begun))))
     (when problem (princ (format "      %s\n" (replace-regexp-in-string "\n" "\n      " (error-message-string problem)))))))

(defun visit (file)
  "Opens FILE of the story, with the server."
  (find-file (concat story file))
  (run-hooks 'post-command-hook)   ; as Emacs does behind each command, but no script
  (until "the server" #'eglot-managed-p))

(defun sent ()
  "Sends what was typed: Emacs does so when the writer rests, and a script never does."
  (eglot--signal-textDocument/didChange))

(defun at (text)
  "Puts the cursor behind TEXT."
  (goto-char (point-min))
  (search-forward text))

(defun findings ()
  "The findings of the buffer, each as its line from 0 and its code."
  (sort (mapcar (lambda (one)
                  (format "%d %s" (1- (line-number-at-pos (flymake-diagnostic-beg one)))
                          (plist-get (alist-get 'eglot-lsp-diag (flymake-diagnostic-data one)) :code)))
                (flymake-diagnostics))
        #'string<))

(defun expected-findings (file)
  (let ((all (with-temp-buffer (insert-file-contents (concat editors "expected-findings.json")) (json-parse-buffer :object-type 'hash-table))))
    (sort (mapcar (lambda (one) (format "%d %s" (gethash "line" one) (gethash "code" one))) (gethash file all)) #'string<)))

(copy-directory (concat editors "workspace") (directory-file-name story) nil t t)
(defconst scene "scenes/01-arrival.md")
(defconst dos-scene "scenes/02-crossing.md")
(defconst lamp "lamps/storm-lamp.yaml")

(step "the settings of docs/editors.md start it in a story, at its root, and nowhere else"
  (visit scene)
  (same (file-truename (project-root (eglot--project (eglot--current-server-or-lose)))) (file-truename story) "the root")
  (let ((loose (concat home "loose.md")))
    (write-region "# Loose\n" nil loose)
    (find-file loose)
    (run-hooks 'post-command-hook)
    (must (not (eglot-managed-p)) "a loose file has a server")))

(dolist (file (list scene dos-scene lamp))
  (step (concat "findings in " file)
    (visit file)
    (until "the findings" (lambda () (flymake-start) (equal (findings) (expected-findings file))))
    (same (in-buffer file) (without-cr (original file)) "bytes after the findings")))

(step "a finding goes as the mistake is typed away"
  (visit scene)
  (at "old-mil")
  (insert "l")
  (sent)
  (until "one finding less" (lambda () (flymake-start) (equal (findings) '("21 ref/unresolved"))))
  (same (bytes (concat story scene)) (original scene) "the file on disk before it is saved")
  (delete-char -1)
  (sent)
  (until "the finding again" (lambda () (flymake-start) (equal (findings) (expected-findings scene)))))

(step "hover"
  (visit scene)
  (at "pov: ada")
  (let (said)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq said (or text ""))))
    (until "the hover" (lambda () said))
    (must (string-search "A surveyor who trusts her instruments" said) said)))

(step "completion of a reference"
  (visit scene)
  (at "pov: ada-vane")
  (delete-char -6)
  ;; As every list of completions does it: the choice is put in the place of what was typed, and eglot is told.
  (pcase-let* ((`(,begin ,end ,table . ,more) (eglot-completion-at-point))
               (chosen (seq-find (lambda (one) (string-prefix-p "Ada Vane" one)) (all-completions "" table))))
    (must chosen (format "Ada Vane is not among %s" (all-completions "" table)))
    (delete-region begin end)
    (insert chosen)
    (funcall (plist-get more :exit-function) chosen 'finished))
  (same (in-buffer scene) (original scene) "bytes after the completion"))

(step "definition"
  (visit scene)
  (at "pov: ada")
  (xref-find-definitions (eglot--current-server-or-lose))
  (same (buffer-file-name) (concat story "characters/ada-vane.yaml") "the file"))

(step "rename, and back"
  (let ((before (mapcar (lambda (file) (cons file (bytes (concat story file)))) (list scene dos-scene "scenes/03-lamplight.md" "characters/ada-vane.yaml"))))
    (visit scene)
    (at "pov: ada")
    (eglot-rename "ada-weir")
    (must (string-search "pov: ada-weir" (in-buffer scene)) (in-buffer scene))
    (save-some-buffers t)
    (dolist (file before)
      (must (not (string-match-p "^pov: ada-vane\\|\\[ada-vane" (bytes (concat story (car file))))) (car file)))
    (at "pov: ada")
    (eglot-rename "ada-vane")
    (save-some-buffers t)
    (dolist (file before)
      (same (bytes (concat story (car file))) (cdr file) (concat "bytes of " (car file))))))

(step "ends with its last buffer"
  (let ((process (jsonrpc--process (eglot--current-server-or-lose))))
    (dolist (buffer (buffer-list))
      (when (buffer-file-name buffer)
        (with-current-buffer buffer (set-buffer-modified-p nil))
        (kill-buffer buffer)))
    (until "the server has ended" (lambda () (not (process-live-p process))))))

(delete-directory home t)
(princ (format "%d passed, %d failed, 0 skipped\n" passed failed))
(kill-emacs (if (= failed 0) 0 1))
