#define _GNU_SOURCE
#include "CLibEdit.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

int clibedit_set_pointer(EditLine *el, int what, const void *value) {
  return el_wset(el, what, value);
}

int clibedit_set_number(EditLine *el, int what, int value) { return el_wset(el, what, value); }

int clibedit_set_prompt(EditLine *el, clibedit_prompt prompt) {
  return el_wset(el, EL_PROMPT, prompt);
}

int clibedit_set_reader(EditLine *el, el_rfunc_t reader) { return el_wset(el, EL_GETCFN, reader); }

int clibedit_set_history(EditLine *el, HistoryW *history) {
  return el_wset(el, EL_HIST, history_w, history);
}

int clibedit_add_function(EditLine *el, const wchar_t *name, const wchar_t *help,
                          clibedit_function function) {
  return el_wset(el, EL_ADDFN, name, help, function);
}

int clibedit_refresh(EditLine *el) { return el_wset(el, EL_REFRESH); }

void *clibedit_client_data(EditLine *el) {
  void *data = NULL;
  el_wget(el, EL_CLIENTDATA, &data);
  return data;
}

bool clibedit_edits(EditLine *el) {
  int edits = 0;
  return el_wget(el, EL_EDITMODE, &edits) == 0 && edits != 0;
}

int clibedit_history_size(HistoryW *history, int lines) {
  HistEventW event;
  return history_w(history, &event, H_SETSIZE, lines);
}

int clibedit_history_enter(HistoryW *history, const wchar_t *line) {
  HistEventW event;
  return history_w(history, &event, H_ENTER, line);
}

int clibedit_width(wchar_t character) { return wcwidth(character); }

FILE *clibedit_stream(void *cookie, ssize_t (*write)(void *cookie, const char *, size_t)) {
  cookie_io_functions_t functions = {.write = write};
  return fopencookie(cookie, "w", functions);
}

// A signal may come to another thread than the one that catches it: `sig_atomic_t` is not enough.
static atomic_int signal_descriptor = -1;

static void pass_signal_on(int signal) {
  int saved = errno;
  unsigned char byte = (unsigned char)signal;
  // A full pipe loses nothing that matters: its reader is behind and will look anyway.
  ssize_t written = write(signal_descriptor, &byte, 1);
  (void)written;
  errno = saved;
}

int clibedit_catch_signal(int signal, int descriptor) {
  struct sigaction action;
  if (sigaction(signal, NULL, &action) != 0) return -1;
  if (action.sa_handler == SIG_IGN) return 0;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = pass_signal_on;
  action.sa_flags = SA_RESTART;
  signal_descriptor = descriptor;
  return sigaction(signal, &action, NULL);
}
