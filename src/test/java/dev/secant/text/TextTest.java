package dev.secant.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    @Test
    void cellsAreQuotedWhereTheyMustBe() {
        CsvTable table = new CsvTable("solver", "value", "note");
        table.row("L-SR1 (a, \"b\")", 1.5, null).row("plain", -3, "two\nlines");
        assertThat(table).hasToString("solver,value,note\n\"L-SR1 (a, \"\"b\"\")\",1.5,\nplain,-3,\"two\nlines\"\n");
    }

    @Test
    void theFirstColumnNamesTheRows() {
        MarkdownTable table = new MarkdownTable("solver", "10", "20");
        assertThat(table.row("Adam", "1", "2").lines())
                .containsExactly("| solver | 10 | 20 |", "| --- | ---: | ---: |", "| Adam | 1 | 2 |");
    }

    @Test
    void rowsAreAsWideAsTheHeader() {
        assertThatThrownBy(() -> new CsvTable("a", "b").row(1))
                .hasMessage("The row has 1 cells, but the table has 2 columns.");
        assertThatThrownBy(() -> new MarkdownTable("a", "b").row("1")).hasMessageContaining("table has 2 columns");
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "'', abc, 3", "Focal, focal, 0", "layuot, layout, 2", "x, x, 0"})
    void distancesOfLevenshtein(String a, String b, int distance) {
        assertThat(EditDistance.between(a, b)).isEqualTo(distance);
        assertThat(EditDistance.between(b, a)).isEqualTo(distance);
    }

    @Test
    void theNearestIsTheFirstOfSeveral() {
        assertThat(EditDistance.nearest("sim", List.of("sin", "six", "cos", "sit")))
                .contains("sin");
        assertThat(EditDistance.nearest("sim", List.of())).isEmpty();
    }
}
