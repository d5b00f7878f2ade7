package org.cladedb.catalog;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cladedb.common.PersistentMap;
import org.cladedb.common.PersistentMap.Difference;

/// What leads from one catalog to another: the objects that came, went or changed, by OID or name
/// in order. Finding them takes time in proportion to their number where one catalog was made from
/// the other.
public record CatalogDifferences(
        List<Difference<String, Schema>> schemas,
        List<Difference<Integer, Table>> tables,
        List<Difference<Integer, View>> views,
        List<Difference<Integer, Sequence>> sequences,
        List<Difference<Integer, TableGroup>> groups,
        List<Difference<CatalogSnapshot.CommentKey, String>> comments) {

    static CatalogDifferences between(CatalogObjects before, CatalogObjects after) {
        return new CatalogDifferences(
                PersistentMap.differences(before.schemas, after.schemas),
                PersistentMap.differences(before.tables, after.tables),
                PersistentMap.differences(before.views, after.views),
                PersistentMap.differences(before.sequences, after.sequences),
                PersistentMap.differences(before.groups, after.groups),
                PersistentMap.differences(before.comments, after.comments));
    }

    /// Tables that changed or went, as they were.
    public Stream<Table> tablesBefore() {
        return tables.stream().map(Difference::before).filter(Objects::nonNull);
    }

    /// Tables that changed or came, as they are now.
    public Stream<Table> tablesAfter() {
        return tables.stream().map(Difference::after).filter(Objects::nonNull);
    }

    /// Groups that changed or went, as they were.
    public Stream<TableGroup> groupsBefore() {
        return groups.stream().map(Difference::before).filter(Objects::nonNull);
    }

    /// Groups that changed or came, as they are now.
    public Stream<TableGroup> groupsAfter() {
        return groups.stream().map(Difference::after).filter(Objects::nonNull);
    }
}
