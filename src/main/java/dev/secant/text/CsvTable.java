package dev.secant.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * A table as comma-separated values (RFC 4180, but for lines that end in a line feed): cells are quoted where they must be, null is
 * an empty cell. Kept in memory; {@link #FORMAT} is for tables that are not. One instance is for one thread.
 */
public final class CsvTable {

    /** How all our CSV is written. */
    public static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setRecordSeparator('\n')
            .setNullString("")
            .get();

    private final StringBuilder text = new StringBuilder();
    private final CSVPrinter printer;
    private final int columns;

    /** A table without rows. */
    public CsvTable(String... header) {
        columns = header.length;
        try {
            printer = new CSVPrinter(text, FORMAT);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot be written to.", e);
        }
        row((Object[]) header);
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if it is not as wide as the header
     */
    public CsvTable row(@Nullable Object... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(
                    "The row has %d cells, but the table has %d columns.".formatted(cells.length, columns));
        }
        try {
            printer.printRecord(cells);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot be written to.", e);
        }
        return this;
    }

    /** The table, with a line feed at its end. */
    @Override
    public String toString() {
        return text.toString();
    }
}
