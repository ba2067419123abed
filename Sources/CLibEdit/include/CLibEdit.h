// libedit as Swift sees it: <histedit.h>, and what Swift cannot import, its variadic calls.
//
// The wide calls are used throughout. They carry text as code points, so nothing that passes
// between the editor and libedit depends on the locale.

#ifndef CLIBEDIT_H
#define CLIBEDIT_H

#include <histedit.h>
#include <stdbool.h>
#include <stdio.h>
#include <wchar.h>

/// Gives the text of the prompt; the memory belongs to the caller of libedit.
typedef wchar_t *(*clibedit_prompt)(EditLine *);

/// An editing function that a key may be bound to; returns one of the CC_ values.
typedef unsigned char (*clibedit_function)(EditLine *, wint_t);

/// el_wset with a pointer: EL_CLIENTDATA, EL_EDITOR.
int clibedit_set_pointer(EditLine *, int what, const void *);
/// el_wset with a number: EL_PREP_TERM, EL_EDITMODE.
int clibedit_set_number(EditLine *, int what, int);
/// EL_PROMPT.
int clibedit_set_prompt(EditLine *, clibedit_prompt);
/// EL_GETCFN.
int clibedit_set_reader(EditLine *, el_rfunc_t);
/// EL_HIST with history_w.
int clibedit_set_history(EditLine *, HistoryW *);
/// EL_ADDFN: an editing function under a name that `bind` knows.
int clibedit_add_function(EditLine *, const wchar_t *name, const wchar_t *help, clibedit_function);
/// EL_REFRESH: draws prompt and line at the cursor, as if the screen were empty there.
int clibedit_refresh(EditLine *);

/// EL_CLIENTDATA as it was set.
void *clibedit_client_data(EditLine *);
/// EL_EDITMODE: false where libedit has given up editing, as it does for TERM=emacs.
bool clibedit_edits(EditLine *);

/// H_SETSIZE: how many lines are kept.
int clibedit_history_size(HistoryW *, int lines);
/// H_ENTER: adds a line as the newest.
int clibedit_history_enter(HistoryW *, const wchar_t *line);

/// wcwidth (X/Open): the columns that a character takes on a screen, -1 for none.
int clibedit_width(wchar_t);

/// A stream that hands what is printed on it to a function (fopencookie, a GNU extension).
FILE *clibedit_stream(void *cookie, ssize_t (*write)(void *cookie, const char *, size_t));

/// Has a signal written as one byte to a descriptor, which should not block; -1 with errno.
///
/// One that is ignored stays so: whoever started the process wants that, as nohup(1) does.
/// A handler must be safe at any instruction, which only C promises. One descriptor for all.
int clibedit_catch_signal(int signal, int descriptor);

#endif
