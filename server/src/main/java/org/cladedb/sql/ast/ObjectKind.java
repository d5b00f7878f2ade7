package org.cladedb.sql.ast;

/// The kinds of objects that DROP, ALTER, COMMENT and GRANT can name.
public enum ObjectKind {
    TABLE("table"),
    FOREIGN_TABLE("foreign table"),
    INDEX("index"),
    VIEW("view"),
    MATERIALIZED_VIEW("materialized view"),
    SEQUENCE("sequence"),
    COLUMN("column"),
    CONSTRAINT("constraint"),
    SCHEMA("schema"),
    DATABASE("database"),
    TYPE("type"),
    DOMAIN("domain"),
    FUNCTION("function"),
    PROCEDURE("procedure"),
    ROUTINE("routine"),
    AGGREGATE("aggregate"),
    TRIGGER("trigger"),
    RULE("rule"),
    POLICY("policy"),
    ROLE("role"),
    TABLESPACE("tablespace"),
    EXTENSION("extension"),
    COLLATION("collation"),
    CONVERSION("conversion"),
    LANGUAGE("language"),
    STATISTICS("statistics"),
    SERVER("server"),
    FOREIGN_DATA_WRAPPER("foreign-data wrapper"),
    EVENT_TRIGGER("event trigger"),
    PUBLICATION("publication"),
    SUBSCRIPTION("subscription"),
    ACCESS_METHOD("access method"),
    TEXT_SEARCH_CONFIGURATION("text search configuration"),
    TEXT_SEARCH_DICTIONARY("text search dictionary"),
    TEXT_SEARCH_PARSER("text search parser"),
    TEXT_SEARCH_TEMPLATE("text search template");

    private final String words;

    ObjectKind(String words) {
        this.words = words;
    }

    /// As error messages say it, in lower case.
    public String words() {
        return words;
    }
}
