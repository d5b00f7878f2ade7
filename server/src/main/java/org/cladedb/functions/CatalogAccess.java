package org.cladedb.functions;

import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// What catalog functions ask of the catalog snapshot of their statement. Null means SQL NULL.
public interface CatalogAccess {
    /// `format_type`.
    String formatType(int typeOid, int modifier);

    /// `pg_get_constraintdef`; a pretty one has no more parentheses than it needs.
    @Nullable String constraintDefinition(int constraintOid, boolean pretty);

    /// `pg_get_indexdef`; `column` 0 for the whole definition, else the 1-based key column. A
    /// pretty one names no schema that the search path finds.
    @Nullable String indexDefinition(int indexOid, int column, boolean pretty);

    /// `pg_get_viewdef`.
    ///
    /// @param pretty with no more parentheses than it needs
    /// @param wrapColumn lists are broken when a line would be longer; 0 after every item, negative
    ///   for never
    @Nullable String viewDefinition(int viewOid, boolean pretty, int wrapColumn);

    /// `pg_get_ruledef`.
    @Nullable String ruleDefinition(int ruleOid, boolean pretty);

    /// What `pg_describe_object` and `pg_identify_object` tell; null when there is no such object.
    ///
    /// @param classOid the catalog that it is listed in
    /// @param part the number of a column, 0 for the whole
    @Nullable ObjectIdentity identity(int classOid, int oid, int part);

    /// Whether it is a user's table.
    boolean isTable(int oid);

    /// Like the other, of the view that a name means.
    @Nullable String viewDefinition(String viewName, boolean pretty);

    /// `pg_get_expr`.
    ///
    /// @param stored a column of type pg_node_tree
    @Nullable String expressionText(String stored, int relationOid, boolean pretty);

    /// `pg_get_serial_sequence`, qualified.
    @Nullable String serialSequence(String tableName, String columnName);

    /// `pg_get_userbyid`.
    String userName(int roleOid);

    /// `pg_get_function_result`, `pg_get_function_arguments` and identity arguments by `what`.
    @Nullable String functionText(int functionOid, String what);

    /// `pg_table_is_visible`, `pg_type_is_visible`, `pg_function_is_visible` … by kind of object;
    /// null when there is no such object.
    @Nullable Boolean isVisible(TypeKind registeredAs, int oid);

    /// `obj_description`, `col_description` (subId above 0).
    @Nullable String description(int objectOid, String catalogName, int subId);

    /// `pg_relation_size` and relatives: bytes, an estimate; null when there is no such relation.
    @Nullable Long relationSize(int relationOid);

    /// Whether the named privilege is held (there is one role today: yes when the object exists).
    @Nullable Boolean hasPrivilege(TypeKind objectKind, int objectOid, String privilege);
}
