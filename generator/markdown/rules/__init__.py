"""Block rules that Zola's parser has otherwise than CommonMark, in markdown-it-py's form."""
