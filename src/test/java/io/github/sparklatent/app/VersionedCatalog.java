package io.github.sparklatent.app;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A catalog with the table {@code db.t}, whose earlier states can be read, and with its history as a table, in the form
 * of Iceberg. The table {@code db.u} has no versions.
 */
public final class VersionedCatalog implements TableCatalog {
    private static final StructType ROWS = StructType.fromDDL("row bigint, x double, y double");
    private static final StructType HISTORY = StructType.fromDDL("made_current_at timestamp, snapshot_id bigint");

    /** The states of the table; the first has the id 1. */
    private final List<State> states = new ArrayList<>();

    private boolean addsAfterHistory;
    private boolean adds;
    private String name;

    private record State(Instant time, InternalRow[] rows) {}

    /** Adds a state with rows of two clear groups, or with rows that cannot be used. */
    void commit(Instant time, int rows, boolean usable) {
        states.add(new State(
                time,
                LongStream.range(0, rows)
                        .mapToObj(i -> new GenericInternalRow(new Object[] {
                            i,
                            usable ? i % 2 * 10 + Math.sin(i) : Double.NaN,
                            usable ? i % 2 * 5 + Math.cos(3 * i) : Double.NaN
                        }))
                        .toArray(InternalRow[]::new)));
    }

    /** Removes all states. */
    void clear() {
        states.clear();
        addsAfterHistory = false;
        adds = false;
    }

    /** Lets another program add unusable rows whenever the table is opened after its history was read. */
    void addAfterHistory() {
        addsAfterHistory = true;
    }

    /** Removes the rows of all states but the newest one. */
    void expire() {
        for (int i = 0; i < states.size() - 1; i++) {
            states.set(i, new State(states.get(i).time(), null));
        }
    }

    int size() {
        return states.size();
    }

    @Override
    public void initialize(String catalog, CaseInsensitiveStringMap options) {
        name = catalog;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Table loadTable(Identifier ident) throws NoSuchTableException {
        if (ident.toString().equals("db.t.history")) {
            adds = addsAfterHistory;
            InternalRow[] rows = LongStream.rangeClosed(1, states.size())
                    .mapToObj(id -> new GenericInternalRow(new Object[] {
                        states.get((int) id - 1).time().toEpochMilli() * 1000, id
                    }))
                    .toArray(InternalRow[]::new);
            return table(ident, "iceberg", HISTORY, rows);
        }
        if (ident.toString().equals("db.u")) {
            return table(ident, "parquet", ROWS, new InternalRow[0]);
        }
        return loadTable(ident, "" + states.size());
    }

    @Override
    public Table loadTable(Identifier ident, String version) throws NoSuchTableException {
        if (!ident.toString().equals("db.t")) {
            throw new NoSuchTableException(ident);
        }
        if (adds) {
            commit(Instant.parse("2026-11-25T00:00:00Z"), 1, false);
        }
        int id = Integer.parseInt(version);
        if (id > 0 && states.get(id - 1).rows() == null) {
            throw new IllegalArgumentException("Cannot find snapshot with ID " + id);
        }
        return table(
                ident,
                "iceberg",
                ROWS,
                id == 0 ? new InternalRow[0] : states.get(id - 1).rows());
    }

    private static Table table(Identifier ident, String provider, StructType schema, InternalRow[] rows) {
        return new LocalTable(ident.toString(), provider, schema, rows);
    }

    private record LocalTable(String name, String provider, StructType type, InternalRow[] rows)
            implements SupportsRead {
        @Override
        public Column[] columns() {
            return Arrays.stream(type.fields())
                    .map(field -> Column.create(field.name(), field.dataType(), field.nullable()))
                    .toArray(Column[]::new);
        }

        @Override
        public Map<String, String> properties() {
            return Map.of(TableCatalog.PROP_PROVIDER, provider);
        }

        @Override
        public Set<TableCapability> capabilities() {
            return Set.of(TableCapability.BATCH_READ);
        }

        @Override
        public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
            return () -> new LocalScan() {
                @Override
                public InternalRow[] rows() {
                    return rows;
                }

                @Override
                public StructType readSchema() {
                    return type;
                }
            };
        }
    }

    @Override
    public Identifier[] listTables(String[] namespace) {
        return new Identifier[0];
    }

    @Override
    public Table alterTable(Identifier ident, TableChange... changes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean dropTable(Identifier ident) {
        return false;
    }

    @Override
    public void renameTable(Identifier from, Identifier to) {
        throw new UnsupportedOperationException();
    }
}
