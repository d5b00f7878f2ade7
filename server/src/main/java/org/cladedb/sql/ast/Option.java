package org.cladedb.sql.ast;

import java.util.List;

/// `name value` of an option list; the name keeps a namespace as `namespace.name`.
///
/// @param values empty without a value, several for a parenthesised list; `*` stands for itself
public record Option(String name, List<String> values, int position) {
    public Option {
        values = List.copyOf(values);
    }
}
