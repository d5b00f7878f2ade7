package org.cladedb.regex;

/// Reads what is between brackets.
final class BracketParser {
    private final Lexer lexer;
    private final CharacterSets sets;
    private final CodePointsBuilder members = new CodePointsBuilder();

    private BracketParser(Lexer lexer, CharacterSets sets) {
        this.lexer = lexer;
        this.sets = sets;
    }

    /// The set; the token is the opening bracket, and afterwards the one behind the closing
    /// bracket.
    static CodePoints parse(Lexer lexer, CharacterSets sets) {
        return new BracketParser(lexer, sets).parse();
    }

    private CodePoints parse() {
        boolean negated = lexer.value == 0;
        lexer.next();
        while (lexer.token != Token.CLOSE_BRACKET) {
            parseMember();
        }
        lexer.next();
        CodePoints set = members.build();
        return negated ? sets.negated(set) : set;
    }

    private void parseMember() {
        switch (lexer.token) {
            case CHARACTER, COLLATING_ELEMENT -> {
                int first = endpoint();
                int last = first;
                if (lexer.eat(Token.RANGE)) {
                    last = rangeEnd();
                }
                members.add(sets.range(first, last));
            }
            case EQUIVALENCE_CLASS -> members.add(sets.character(element()));
            case CHARACTER_CLASS -> {
                CharacterClass named = CharacterClass.named(elementName());
                if (named == null) {
                    throw RegexFailure.CHARACTER_CLASS.exception();
                }
                members.add(sets.named(named));
            }
            case CLASS -> {
                members.add(sets.named(lexer.characterClass));
                lexer.next();
            }
            case CLASS_COMPLEMENT -> {
                members.add(sets.named(lexer.characterClass).complement());
                lexer.next();
            }
            default -> throw RegexFailure.RANGE.exception();
        }
    }

    private int endpoint() {
        if (lexer.token == Token.COLLATING_ELEMENT) {
            return element();
        }
        int character = lexer.value;
        lexer.next();
        return character;
    }

    private int rangeEnd() {
        return switch (lexer.token) {
            case CHARACTER, RANGE, COLLATING_ELEMENT -> endpoint();
            default -> throw RegexFailure.RANGE.exception();
        };
    }

    private int element() {
        Integer character = CollatingElement.named(elementName());
        if (character == null) {
            throw RegexFailure.COLLATING_ELEMENT.exception();
        }
        return character;
    }

    /// What is between `[.` and `.]`, or `[:` and `:]`; empty for nothing.
    private String elementName() {
        StringBuilder name = new StringBuilder();
        lexer.next();
        while (lexer.token == Token.CHARACTER) {
            // A number beyond Unicode cannot be written here: escapes do not count.
            name.appendCodePoint(lexer.value);
            lexer.next();
        }
        lexer.next();
        return name.toString();
    }
}
