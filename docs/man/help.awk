# The flags of a gongkai command as items of a manual page, from its help:
#
#   --format=cells      a line of JSON a cell: value, state, raw text
#   --parents=FILE      which body is above which; of each line a file or
#                       directory, a tab, and the name of the body above

/^Flags:$/ { flags = 1; next }
/^$/ { flags = 0 }
flags && /^  -/ {
  sub(/^  /, "")
  # The flag may stand on a line of its own.
  at = match($0, /  +/)
  name = at ? substr($0, 1, at - 1) : $0
  print ".It Ic " escaped(name)
  $0 = at ? substr($0, at + RLENGTH) : ""
}
flags && /[^ ]/ { sub(/^ +/, ""); print escaped($0) }

function escaped(text) {
  gsub(/\\/, "\\e", text)
  gsub(/-/, "\\-", text)
  # What begins a line so would be a command of the page.
  sub(/^[.']/, "\\\\\\&&", text)
  return text
}
