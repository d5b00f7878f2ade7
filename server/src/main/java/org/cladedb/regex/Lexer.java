package org.cladedb.regex;

/// Cuts an expression into tokens, one ahead of its reader. The common part of the languages;
/// escapes are left to [EscapeReader], basic expressions to [BasicTokens].
final class Lexer {
    /// Where in the expression the next token is.
    private enum Context {
        MAIN,
        BOUND,
        BRACKETS,
        COLLATING_ELEMENT,
        EQUIVALENCE_CLASS,
        CHARACTER_CLASS
    }

    final int[] text;
    final RegexOptions options;

    /// The index of the next character to be read.
    int at;

    /// The current token, and its value.
    Token token = Token.NONE;

    int value;

    /// Of a token `PLACE`.
    Anchor anchor = Anchor.TEXT_START;

    /// Of a token `CLASS` or `CLASS_COMPLEMENT`.
    CharacterClass characterClass = CharacterClass.WORD;

    /// Groups opened so far; kept by the parser, read to tell references from octal numbers.
    int groups;

    private Token last = Token.NONE;
    private Context context = Context.MAIN;

    /// Whether what was read last was a comment and no token.
    private boolean commented;

    Lexer(int[] text, RegexOptions given) {
        this.text = text;
        OptionsReader prefix = new OptionsReader(text, given);
        options = prefix.read();
        at = prefix.end();
        next();
    }

    boolean isAdvanced() {
        return options.syntax() == RegexOptions.Syntax.ADVANCED;
    }

    boolean atEnd() {
        return at >= text.length;
    }

    boolean follows(int character) {
        return at < text.length && text[at] == character;
    }

    /// Whether the token is that one; then goes to the next.
    boolean eat(Token wanted) {
        if (token != wanted) {
            return false;
        }
        next();
        return true;
    }

    Token lastToken() {
        return last;
    }

    void set(Token newToken, int newValue) {
        token = newToken;
        value = newValue;
    }

    void enterBound() {
        context = Context.BOUND;
    }

    void next() {
        last = token;
        do {
            commented = false;
            readToken();
        } while (commented);
    }

    private void readToken() {
        if (options.expanded() && (context == Context.MAIN || context == Context.BOUND)) {
            skipSpace();
        }
        if (atEnd()) {
            switch (context) {
                case MAIN -> set(Token.END, 0);
                case BOUND -> throw RegexFailure.BRACES.exception();
                case BRACKETS, COLLATING_ELEMENT, EQUIVALENCE_CLASS, CHARACTER_CLASS ->
                        throw RegexFailure.BRACKETS.exception();
            }
            return;
        }
        int character = text[at++];
        switch (context) {
            case MAIN -> nextInMain(character);
            case BOUND -> nextInBound(character);
            case BRACKETS -> nextInBrackets(character);
            case COLLATING_ELEMENT -> nextInElement(character, '.');
            case EQUIVALENCE_CLASS -> nextInElement(character, '=');
            case CHARACTER_CLASS -> nextInElement(character, ':');
        }
    }

    void skipSpace() {
        while (true) {
            while (!atEnd() && (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r'))) {
                at++;
            }
            if (!follows('#')) {
                return;
            }
            while (!atEnd() && text[at] != '\n') {
                at++;
            }
        }
    }

    private void nextInMain(int character) {
        switch (options.syntax()) {
            case LITERAL -> set(Token.CHARACTER, character);
            case BASIC -> BasicTokens.next(this, character);
            case EXTENDED, ADVANCED -> nextExtended(character);
        }
    }

    private void nextExtended(int character) {
        switch (character) {
            case '|' -> set(Token.BAR, 0);
            case '*' -> quantifier(Token.STAR);
            case '+' -> quantifier(Token.PLUS);
            case '?' -> quantifier(Token.QUESTION_MARK);
            case '{' -> openBound();
            case '(' -> open();
            case ')' -> set(Token.CLOSE, character);
            case '[' -> openBracket();
            case '.' -> set(Token.ANY, 0);
            case '^' -> setPlace(lineStart());
            case '$' -> setPlace(lineEnd());
            case '\\' -> escape();
            default -> set(Token.CHARACTER, character);
        }
    }

    Anchor lineStart() {
        return options.newlineAnchors() ? Anchor.LINE_START : Anchor.TEXT_START;
    }

    Anchor lineEnd() {
        return options.newlineAnchors() ? Anchor.LINE_END : Anchor.TEXT_END;
    }

    void setPlace(Anchor which) {
        anchor = which;
        set(Token.PLACE, 0);
    }

    void setClass(Token kind, CharacterClass which) {
        characterClass = which;
        set(kind, 0);
    }

    private void quantifier(Token kind) {
        set(kind, isLazy() ? 0 : 1);
    }

    private boolean isLazy() {
        boolean lazy = isAdvanced() && follows('?');
        if (lazy) {
            at++;
        }
        return lazy;
    }

    private void openBound() {
        if (options.expanded()) {
            skipSpace();
        }
        if (atEnd() || text[at] < '0' || text[at] > '9') {
            set(Token.CHARACTER, '{');
        } else {
            enterBound();
            set(Token.OPEN_BOUND, 0);
        }
    }

    private void open() {
        if (!isAdvanced() || !follows('?')) {
            set(Token.OPEN, 1);
            return;
        }
        at++;
        switch (read()) {
            case ':' -> set(Token.OPEN, 0);
            case '#' -> skipComment();
            case '=' -> set(Token.LOOK, 2);
            case '!' -> set(Token.LOOK, 3);
            case '<' -> {
                switch (read()) {
                    case '=' -> set(Token.LOOK, 0);
                    case '!' -> set(Token.LOOK, 1);
                    default -> throw RegexFailure.QUANTIFIER.exception();
                }
            }
            default -> throw RegexFailure.QUANTIFIER.exception();
        }
    }

    private int read() {
        if (atEnd()) {
            throw RegexFailure.QUANTIFIER.exception();
        }
        return text[at++];
    }

    private void skipComment() {
        while (!atEnd() && text[at] != ')') {
            at++;
        }
        if (!atEnd()) {
            at++;
        }
        commented = true;
    }

    void openBracket() {
        if (isWordBracket('<') || isWordBracket('>')) {
            setPlace(text[at + 2] == '<' ? Anchor.WORD_START : Anchor.WORD_END);
            at += 6;
            return;
        }
        context = Context.BRACKETS;
        boolean negated = follows('^');
        if (negated) {
            at++;
        }
        set(Token.OPEN_BRACKET, negated ? 0 : 1);
    }

    /// Whether `[:<:]]` follows, or the same with `>`.
    private boolean isWordBracket(int direction) {
        int[] wanted = {'[', ':', direction, ':', ']', ']'};
        for (int i = 0; i < wanted.length; i++) {
            if (at + i >= text.length || text[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private void escape() {
        if (atEnd()) {
            throw RegexFailure.ESCAPE.exception();
        }
        if (isAdvanced()) {
            EscapeReader.read(this);
        } else {
            set(Token.CHARACTER, text[at++]);
        }
    }

    private void nextInBound(int character) {
        if (character >= '0' && character <= '9') {
            set(Token.DIGIT, character - '0');
        } else if (character == ',') {
            set(Token.COMMA, 0);
        } else if (character == '}' && options.syntax() != RegexOptions.Syntax.BASIC) {
            context = Context.MAIN;
            set(Token.CLOSE_BOUND, isLazy() ? 0 : 1);
        } else if (character == '\\'
                && options.syntax() == RegexOptions.Syntax.BASIC
                && follows('}')) {
            at++;
            context = Context.MAIN;
            set(Token.CLOSE_BOUND, 1);
        } else {
            throw RegexFailure.REPETITION.exception();
        }
    }

    private void nextInBrackets(int character) {
        switch (character) {
            case ']' -> {
                if (last == Token.OPEN_BRACKET) {
                    set(Token.CHARACTER, character);
                } else {
                    context = Context.MAIN;
                    set(Token.CLOSE_BRACKET, 0);
                }
            }
            case '\\' -> escapeInBrackets();
            case '-' ->
                    set(
                            last == Token.OPEN_BRACKET || follows(']')
                                    ? Token.CHARACTER
                                    : Token.RANGE,
                            character);
            case '[' -> openElement();
            default -> set(Token.CHARACTER, character);
        }
    }

    private void escapeInBrackets() {
        if (!isAdvanced()) {
            set(Token.CHARACTER, '\\');
            return;
        }
        escape();
        if (token != Token.CHARACTER && token != Token.CLASS && token != Token.CLASS_COMPLEMENT) {
            throw RegexFailure.ESCAPE.exception();
        }
    }

    private void openElement() {
        if (atEnd()) {
            throw RegexFailure.BRACKETS.exception();
        }
        switch (text[at++]) {
            case '.' -> {
                context = Context.COLLATING_ELEMENT;
                set(Token.COLLATING_ELEMENT, 0);
            }
            case '=' -> {
                context = Context.EQUIVALENCE_CLASS;
                set(Token.EQUIVALENCE_CLASS, 0);
            }
            case ':' -> {
                context = Context.CHARACTER_CLASS;
                set(Token.CHARACTER_CLASS, 0);
            }
            default -> {
                at--;
                set(Token.CHARACTER, '[');
            }
        }
    }

    private void nextInElement(int character, int closing) {
        if (character == closing && follows(']')) {
            at++;
            context = Context.BRACKETS;
            set(Token.CLOSE_ELEMENT, 0);
        } else {
            set(Token.CHARACTER, character);
        }
    }
}
