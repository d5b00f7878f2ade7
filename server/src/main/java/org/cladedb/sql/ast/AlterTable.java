package org.cladedb.sql.ast;

import java.util.List;

/// ALTER TABLE (or INDEX, VIEW, SEQUENCE, …) with its list of actions. Renames and SET SCHEMA are
/// statements of their own: [SchemaStatement.Rename], [SchemaStatement.SetSchema].
public record AlterTable(
        ObjectKind kind,
        QualifiedName name,
        boolean only,
        boolean ifExists,
        List<AlterTableAction> actions,
        int position)
        implements Definition {
    public AlterTable {
        actions = List.copyOf(actions);
    }
}
