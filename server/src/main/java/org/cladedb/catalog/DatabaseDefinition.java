package org.cladedb.catalog;

/// One database of a store.
///
/// @param oid never used twice
/// @param number says which spaces are its own ([DatabaseSpaces]); used again after a DROP
/// @param template whether it is protected as a template
/// @param connectionsMax as CONNECTION LIMIT says, -1 for no limit; binds nobody, since every user
///   is a superuser
public record DatabaseDefinition(
        int oid,
        String name,
        int number,
        boolean template,
        boolean allowsConnections,
        int connectionsMax) {

    public DatabaseDefinition withName(String newName) {
        return new DatabaseDefinition(
                oid, newName, number, template, allowsConnections, connectionsMax);
    }

    public DatabaseDefinition withTemplate(boolean value) {
        return new DatabaseDefinition(oid, name, number, value, allowsConnections, connectionsMax);
    }

    public DatabaseDefinition withAllowsConnections(boolean value) {
        return new DatabaseDefinition(oid, name, number, template, value, connectionsMax);
    }

    public DatabaseDefinition withConnectionsMax(int value) {
        return new DatabaseDefinition(oid, name, number, template, allowsConnections, value);
    }
}
