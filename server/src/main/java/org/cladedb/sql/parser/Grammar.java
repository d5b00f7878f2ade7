package org.cladedb.sql.parser;

/// The parsers of one text: they share the tokens and call each other through here.
final class Grammar {
    final TokenStream tokens;
    final Nesting nesting = new Nesting();
    final NameParser names;
    final TypeParser types;
    final ExpressionParser expressions;
    final PrimaryParser primaries;
    final FunctionCallParser functions;
    final SpecialFunctionParser specialFunctions;
    final WindowParser windows;
    final QueryParser queries;
    final FromParser fromItems;
    final ModifyParser modifications;
    final IndexParser indexes;
    final PreparedParser prepared;
    final ObjectParser objects;
    final RoleParser roles;
    final PrivilegeParser privileges;
    final SettingParser settings;
    final OptionParser options;
    final SequenceParser sequences;
    final ConstraintParser constraints;
    final TableParser tables;
    final StatementParser statements;

    Grammar(String text) {
        this(new TokenStream(text));
    }

    Grammar(TokenStream tokens) {
        this.tokens = tokens;
        names = new NameParser(tokens);
        types = new TypeParser(this);
        expressions = new ExpressionParser(this);
        primaries = new PrimaryParser(this);
        functions = new FunctionCallParser(this);
        specialFunctions = new SpecialFunctionParser(this);
        windows = new WindowParser(this);
        queries = new QueryParser(this);
        fromItems = new FromParser(this);
        modifications = new ModifyParser(this);
        indexes = new IndexParser(this);
        prepared = new PreparedParser(this);
        objects = new ObjectParser(this);
        roles = new RoleParser(this);
        privileges = new PrivilegeParser(this);
        settings = new SettingParser(this);
        options = new OptionParser(this);
        sequences = new SequenceParser(this);
        constraints = new ConstraintParser(this);
        tables = new TableParser(this);
        statements = new StatementParser(this);
    }
}
