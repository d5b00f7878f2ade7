package org.cladedb.types;

/// Names of catalog objects for the reg… types, as the session's search path shows them.
public interface ObjectNames {
    /// Instead of an OID: the name means several objects.
    int AMBIGUOUS = -2;

    /// Knows nothing: OIDs print as numbers.
    ObjectNames NONE =
            new ObjectNames() {
                @Override
                public String name(TypeKind kind, int oid) {
                    return Integer.toUnsignedString(oid);
                }

                @Override
                public int oid(TypeKind kind, String name) {
                    return -1;
                }
            };

    /// The name to print for `oid` of `kind` (REGCLASS, REGTYPE, REGPROC, REGNAMESPACE, REGROLE …),
    /// qualified when not visible; the number when there is no such object.
    String name(TypeKind kind, int oid);

    /// The OID of the object that `name` (as SQL text, possibly qualified and quoted) means; -1
    /// when there is none, [#AMBIGUOUS] when there are several.
    ///
    /// @throws org.cladedb.error.DatabaseException when it is no such name
    int oid(TypeKind kind, String name);
}
