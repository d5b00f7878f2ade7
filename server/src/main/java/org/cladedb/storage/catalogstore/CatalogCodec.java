package org.cladedb.storage.catalogstore;

import org.cladedb.catalog.Column;
import org.cladedb.catalog.ColumnStorage;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.HKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.IndexStorage;
import org.cladedb.catalog.ObjectReference;
import org.cladedb.catalog.Schema;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.catalog.TableStorage;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// The bytes of each kind of catalog object. Every value starts with the format's version.
final class CatalogCodec {
    static final int FORMAT = 4;

    private CatalogCodec() {}

    static byte[] write(Schema schema) {
        return start().number(schema.oid()).text(schema.name()).toByteArray();
    }

    static Schema readSchema(byte[] bytes) {
        ObjectReader in = open(bytes);
        Schema schema = new Schema(in.number(), in.text());
        in.end();
        return schema;
    }

    static byte[] write(TableGroup group) {
        return start().number(group.rootOid())
                .number(group.spaceId())
                .numbers(group.members())
                .number(group.nextOrdinal())
                .toByteArray();
    }

    static TableGroup readGroup(byte[] bytes) {
        ObjectReader in = open(bytes);
        TableGroup group = new TableGroup(in.number(), in.number(), in.numbers(), in.number());
        in.end();
        return group;
    }

    static byte[] write(Sequence sequence) {
        return start().number(sequence.oid())
                .text(sequence.schema())
                .text(sequence.name())
                .type(sequence.type())
                .longNumber(sequence.start())
                .longNumber(sequence.increment())
                .longNumber(sequence.minimum())
                .longNumber(sequence.maximum())
                .longNumber(sequence.cache())
                .flag(sequence.cycle())
                .number(sequence.ownerTableOid())
                .number(sequence.ownerColumn())
                .flag(sequence.identity())
                .flag(sequence.unlogged())
                .toByteArray();
    }

    static Sequence readSequence(byte[] bytes) {
        ObjectReader in = open(bytes);
        Sequence sequence =
                new Sequence(
                        in.number(),
                        in.text(),
                        in.text(),
                        in.type(),
                        in.longNumber(),
                        in.longNumber(),
                        in.longNumber(),
                        in.longNumber(),
                        in.longNumber(),
                        in.flag(),
                        in.number(),
                        in.number(),
                        in.flag(),
                        in.flag());
        in.end();
        return sequence;
    }

    static byte[] write(View view) {
        ObjectWriter out =
                start().number(view.oid()).text(view.schema()).text(view.name()).text(view.query());
        out.list(view.columns(), column -> write(out, column));
        out.list(
                view.references(),
                reference -> out.number(reference.oid()).number(reference.column()));
        return out.texts(view.options()).toByteArray();
    }

    static View readView(byte[] bytes) {
        ObjectReader in = open(bytes);
        int oid = in.number();
        String schema = in.text();
        String name = in.text();
        String query = in.text();
        View view =
                new View(
                        oid,
                        schema,
                        name,
                        in.list(() -> readColumn(in)),
                        query,
                        in.list(() -> new ObjectReference(in.number(), in.number())),
                        in.texts());
        in.end();
        return view;
    }

    static byte[] write(Table table) {
        ObjectWriter out =
                start().number(table.oid())
                        .text(table.schema())
                        .text(table.name())
                        .number(table.groupOid())
                        .number(table.ordinal());
        out.list(table.columns(), column -> write(out, column));
        out.list(table.hkey().segments(), segment -> write(out, segment));
        out.list(table.indexes(), index -> write(out, index));
        write(out, table.constraints());
        write(out, table.storage());
        return out.toByteArray();
    }

    static Table readTable(byte[] bytes) {
        ObjectReader in = open(bytes);
        int oid = in.number();
        String schema = in.text();
        String name = in.text();
        int groupOid = in.number();
        int ordinal = in.number();
        Table table =
                new Table(
                        oid,
                        schema,
                        name,
                        in.list(() -> readColumn(in)),
                        groupOid,
                        ordinal,
                        new HKey(in.list(() -> readSegment(in))),
                        in.list(() -> readIndex(in)),
                        readConstraints(in),
                        readTableStorage(in));
        in.end();
        return table;
    }

    private static void write(ObjectWriter out, Column column) {
        out.number(column.number())
                .text(column.name())
                .type(column.type())
                .flag(column.notNull())
                .textOrNull(column.defaultExpression())
                .text(column.generation().name())
                .flag(column.dropped())
                .textOrNull(column.missingValue())
                .textOrNull(column.collation())
                .number(column.defaultOid());
        ColumnStorage storage = column.storage();
        Integer target = storage.statisticsTarget();
        out.flag(target != null)
                .number(target == null ? 0 : target)
                .number(storage.storage())
                .text(storage.compression())
                .texts(storage.options());
    }

    private static Column readColumn(ObjectReader in) {
        return new Column(
                in.number(),
                in.text(),
                in.type(),
                in.flag(),
                in.textOrNull(),
                in.constant(Column.Generation.class),
                in.flag(),
                in.textOrNull(),
                in.textOrNull(),
                in.number(),
                readColumnStorage(in));
    }

    private static ColumnStorage readColumnStorage(ObjectReader in) {
        boolean hasTarget = in.flag();
        int target = in.number();
        return new ColumnStorage(
                hasTarget ? target : null, (char) in.number(), in.text(), in.texts());
    }

    private static void write(ObjectWriter out, TableStorage storage) {
        out.flag(storage.unlogged())
                .texts(storage.options())
                .text(storage.replicaIdentity().name())
                .number(storage.replicaIndexOid())
                .number(storage.clusteredIndexOid());
    }

    private static TableStorage readTableStorage(ObjectReader in) {
        return new TableStorage(
                in.flag(),
                in.texts(),
                in.constant(TableStorage.ReplicaIdentity.class),
                in.number(),
                in.number());
    }

    private static void write(ObjectWriter out, HKey.Segment segment) {
        out.number(segment.tableOid()).number(segment.ordinal());
        out.list(segment.parts(), part -> out.type(part.type()).number(part.slot()));
    }

    private static HKey.Segment readSegment(ObjectReader in) {
        return new HKey.Segment(
                in.number(), in.number(), in.list(() -> new HKey.Part(in.type(), in.number())));
    }

    private static void write(ObjectWriter out, Index index) {
        out.number(index.oid()).text(index.name()).number(index.spaceId());
        out.list(
                index.columns(),
                column ->
                        out.number(column.slot())
                                .textOrNull(column.expression())
                                .textOrNull(column.collation())
                                .number(column.operatorClass())
                                .flag(column.descending())
                                .flag(column.nullsFirst()));
        out.numbers(index.included())
                .flag(index.unique())
                .flag(index.primary())
                .flag(index.isHkey())
                .textOrNull(index.predicate())
                .text(index.storage().method())
                .texts(index.storage().options());
    }

    private static Index readIndex(ObjectReader in) {
        return new Index(
                in.number(),
                in.text(),
                in.number(),
                in.list(() ->
                        new Index.IndexColumn(
                                in.number(),
                                in.textOrNull(),
                                in.textOrNull(),
                                in.number(),
                                in.flag(),
                                in.flag())),
                in.numbers(),
                in.flag(),
                in.flag(),
                in.flag(),
                in.textOrNull(),
                new IndexStorage(in.text(), in.texts()));
    }

    private static void write(ObjectWriter out, Constraints constraints) {
        out.list(
                constraints.keys(),
                key ->
                        out.number(key.oid())
                                .text(key.name())
                                .flag(key.primary())
                                .number(key.indexOid()));
        out.list(
                constraints.checks(),
                check ->
                        out.number(check.oid())
                                .text(check.name())
                                .text(check.expression())
                                .flag(check.enforced())
                                .flag(check.validated())
                                .flag(check.noInherit()));
        out.list(constraints.foreignKeys(), key -> write(out, key));
        out.list(
                constraints.notNulls(),
                notNull ->
                        out.number(notNull.oid())
                                .text(notNull.name())
                                .number(notNull.column())
                                .flag(notNull.validated())
                                .flag(notNull.noInherit()));
    }

    private static Constraints readConstraints(ObjectReader in) {
        return new Constraints(
                in.list(() ->
                        new Constraints.KeyConstraint(
                                in.number(), in.text(), in.flag(), in.number())),
                in.list(() ->
                        new Constraints.CheckConstraint(
                                in.number(),
                                in.text(),
                                in.text(),
                                in.flag(),
                                in.flag(),
                                in.flag())),
                in.list(() -> readForeignKey(in)),
                in.list(() ->
                        new Constraints.NotNullConstraint(
                                in.number(), in.text(), in.number(), in.flag(), in.flag())));
    }

    private static void write(ObjectWriter out, ForeignKey key) {
        out.number(key.oid())
                .text(key.name())
                .numbers(key.columns())
                .number(key.referencedTableOid())
                .numbers(key.referencedColumns())
                .text(key.onDelete().name())
                .text(key.onUpdate().name())
                .flag(key.deferrable())
                .flag(key.initiallyDeferred())
                .flag(key.grouping())
                .flag(key.enforced())
                .flag(key.validated());
    }

    private static ForeignKey readForeignKey(ObjectReader in) {
        return new ForeignKey(
                in.number(),
                in.text(),
                in.numbers(),
                in.number(),
                in.numbers(),
                in.constant(ForeignKey.Action.class),
                in.constant(ForeignKey.Action.class),
                in.flag(),
                in.flag(),
                in.flag(),
                in.flag(),
                in.flag());
    }

    private static ObjectWriter start() {
        return new ObjectWriter().number(FORMAT);
    }

    static ObjectReader open(byte[] bytes) {
        ObjectReader in = new ObjectReader(bytes);
        int format = in.number();
        if (format != FORMAT) {
            throw new DatabaseException(
                    SqlState.DATA_CORRUPTED,
                    "the catalog was written in format "
                            + format
                            + ", which this version does not know");
        }
        return in;
    }
}
