# The flags of gongkaid and gongkai-worker as items of a manual page, in order
# of their names: from --helpfull, which says of each what it is for.
#
#     --grace (How long accepted documents are still answered after SIGTERM or
#       SIGINT; a second signal ends it at once.); default: 30s;

# Flags of libraries, about the flags themselves, are left out.
/^ *Flags from / { ours = /\/(service|worker)\// }
/^ *Flags from / || /^ *$/ || !ours { flush(); next }
/^    --/ { flush() }
{ sub(/^ +/, ""); entry = entry == "" ? $0 : entry " " $0 }
END { flush(); print_all() }

function flush(    name, text, value) {
  if (entry ~ /^--/) {
    name = entry
    sub(/ \(.*/, "", name)
    text = substr(entry, length(name) + 3)
    value = text
    sub(/.*\); default: */, "", value)
    text = substr(text, 1, length(text) - length(value))
    sub(/\); default: *$/, "", text)
    sub(/;$/, "", value)
    gsub(/"/, "", value)
    names[++count] = name
    texts[name] = text (value == "" ? "" : " Default: " value ".")
  }
  entry = ""
}

function print_all(    i, j, name) {
  for (i = 2; i <= count; ++i) {
    name = names[i]
    for (j = i - 1; j >= 1 && names[j] > name; --j) names[j + 1] = names[j]
    names[j + 1] = name
  }
  for (i = 1; i <= count; ++i) {
    print ".It Ic " escaped(names[i])
    print escaped(texts[names[i]])
  }
}

function escaped(text) {
  gsub(/\\/, "\\e", text)
  gsub(/-/, "\\-", text)
  return text
}
