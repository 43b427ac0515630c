# Writes OUT: a C++ source that holds the text of every DIR/*.txt, by name (src/text/word_list.h).
# A string literal may be 64 KiB at most in portable C++: longer texts are joined from pieces at line ends.
file(GLOB lists ${DIR}/*.txt)
list(SORT lists)
set(code "#include \"text/embedded_data.h\"\n\nnamespace onrecord {\nnamespace {\nconstexpr EmbeddedData kData[] = {\n")
foreach(path IN LISTS lists)
  get_filename_component(name ${path} NAME_WE)
  file(READ ${path} text HEX)
  string(LENGTH "${text}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" escaped "${text}")
  # A piece ends after each newline, so that no hex escape runs into a following character.
  string(REPLACE "\\x0a" "\\x0a\"\n     \"" escaped "${escaped}")
  string(APPEND code "    {\"${name}\",\n     \"${escaped}\", ${size}},\n")
endforeach()
string(APPEND code "};\n}  // namespace\n\nstd::span<const EmbeddedData> embedded_data() { return kData; }\n}  // namespace onrecord\n")
file(WRITE ${OUT} "${code}")
