/** Text for people and programs: CSV, Markdown tables, rounded numbers, and which name was meant. It knows nothing of its subjects. */
@NullMarked
package dev.secant.text;

import org.jspecify.annotations.NullMarked;
