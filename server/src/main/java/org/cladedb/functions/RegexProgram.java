package org.cladedb.functions;

import java.util.regex.Pattern;

/// A compiled regular expression, and which of the matches at one place it takes.
record RegexProgram(Pattern pattern, RegexPreference.Choice preference) {}
