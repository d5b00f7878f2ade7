package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// The collation that a column made of an output column of a query gets.
///
/// @param known whether there is one, or none is needed
/// @param explicit its name; null for the one of the type
public record OutputCollation(boolean known, @Nullable String explicit) {
    private static final OutputCollation OF_TYPE = new OutputCollation(true, null);

    static List<OutputCollation> of(List<OutputColumn> columns, List<Collated> collations) {
        List<OutputCollation> result = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            SqlType type = columns.get(i).type();
            Collated collated = collations.get(i);
            if (!Collations.isCollatable(type)) {
                result.add(OF_TYPE);
            } else if (!collated.isKnown()) {
                result.add(new OutputCollation(false, null));
            } else {
                boolean ofType = Collations.ofType(type).equals(collated.name());
                result.add(ofType ? OF_TYPE : new OutputCollation(true, collated.name()));
            }
        }
        return List.copyOf(result);
    }
}
