package org.cladedb.ddl;

import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.Index;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.TableConstraint;

/// `ADD UNIQUE` and `ADD PRIMARY KEY USING INDEX`: an index that is there becomes a constraint's.
final class KeyUsingIndex {
    private static final String NO_KEY =
            "Cannot create a primary key or unique constraint using such an index.";

    private final DdlContext context;
    private final CatalogSnapshot.Builder builder;
    private final TableDraft draft;
    private final NotNullAdder notNulls;

    KeyUsingIndex(
            DdlContext context,
            CatalogSnapshot.Builder builder,
            TableDraft draft,
            NotNullAdder notNulls) {
        this.context = context;
        this.builder = builder;
        this.draft = draft;
        this.notNulls = notNulls;
    }

    void add(TableConstraint.Key key, String indexName) {
        Index index = index(key, indexName);
        requireFirst(draft, key);
        String name = key.name() == null ? indexName : key.name();
        if (!name.equals(indexName)) {
            context.notice(
                    "ALTER TABLE / ADD CONSTRAINT USING INDEX will rename index \"%s\" to \"%s\""
                            .formatted(indexName, name));
            context.names().requireFree(draft.schema, name);
        }
        draft.requireNewConstraint(name);
        if (key.primary()) {
            for (Index.IndexColumn part : index.columns()) {
                notNulls.addForKey(draft.columns.get(part.slot() - 1));
            }
        }
        draft.indexes.remove(index);
        draft.indexes.add(index.withName(name).withPrimary(key.primary()));
        draft.keys.add(
                new Constraints.KeyConstraint(builder.newOid(), name, key.primary(), index.oid()));
    }

    private Index index(TableConstraint.Key key, String name) {
        if (!(context.catalog().object(draft.schema, name) instanceof Index index)) {
            throw new DatabaseException(
                            SqlState.UNDEFINED_OBJECT, "index \"" + name + "\" does not exist")
                    .at(key.position());
        }
        boolean isOfKey = draft.keys.stream().anyMatch(other -> other.indexOid() == index.oid());
        if (isOfKey) {
            throw failure(
                    key,
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "index \"" + name + "\" is already associated with a constraint");
        }
        if (!draft.indexes.contains(index)) {
            throw failure(
                    key,
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "index \"%s\" does not belong to table \"%s\"".formatted(name, draft.name));
        }
        if (!index.unique()) {
            throw failure(key, SqlState.WRONG_OBJECT_TYPE, "\"" + name + "\" is not a unique index")
                    .withDetail(NO_KEY);
        }
        for (int i = 0; i < index.columns().size(); i++) {
            Index.IndexColumn part = index.columns().get(i);
            if (part.descending() || part.nullsFirst()) {
                throw failure(
                                key,
                                SqlState.WRONG_OBJECT_TYPE,
                                "index \"%s\" column number %d does not have default sorting behavior"
                                        .formatted(name, i + 1))
                        .withDetail(NO_KEY);
            }
        }
        return index;
    }

    private static DatabaseException failure(
            TableConstraint.Key key, SqlState state, String message) {
        return new DatabaseException(state, message).at(key.position());
    }

    /// Fails for a second primary key.
    static void requireFirst(TableDraft draft, TableConstraint.Key key) {
        if (key.primary() && draft.keys.stream().anyMatch(Constraints.KeyConstraint::primary)) {
            throw multiple(draft, key);
        }
    }

    static DatabaseException multiple(TableDraft draft, TableConstraint.Key key) {
        return new DatabaseException(
                        SqlState.INVALID_TABLE_DEFINITION,
                        "multiple primary keys for table \"" + draft.name + "\" are not allowed")
                .at(draft.isNew() ? key.position() : -1);
    }
}
