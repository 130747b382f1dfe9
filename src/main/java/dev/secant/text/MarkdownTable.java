package dev.secant.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table in GitHub's Markdown: its first column names the rows, the others hold numbers, to the right. For one thread. */
public final class MarkdownTable {

    private final List<String> lines = new ArrayList<>();
    private final int columns;

    /** A table without rows. */
    public MarkdownTable(String... header) {
        this(Arrays.asList(header));
    }

    /** A table without rows. */
    public MarkdownTable(List<String> header) {
        columns = header.size();
        lines.add(line(header));
        lines.add("| --- |" + " ---: |".repeat(columns - 1));
    }

    /** Adds a row. */
    public MarkdownTable row(String... cells) {
        return row(Arrays.asList(cells));
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if it is not as wide as the header
     */
    public MarkdownTable row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(
                    "The row %s has %d cells, but the table has %d columns.".formatted(cells, cells.size(), columns));
        }
        lines.add(line(cells));
        return this;
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /** Header, rule and rows. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
