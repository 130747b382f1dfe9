package dev.secant.body.procedural;

/**
 * What to generate.
 *
 * @param name of the model
 * @param coarseness factor on all edge lengths: in 8 rounds, 1 gives about 7,700 vertices, 2 about 2,800
 * @param rounds of remeshing
 */
public record ProceduralBodySpec(String name, double coarseness, int rounds) {

    /** The body that ships with Secant. */
    public static final ProceduralBodySpec DEFAULT = new ProceduralBodySpec("secant-default", 1, 8);

    public ProceduralBodySpec {
        if (!(coarseness >= 0.5 && coarseness <= 3)) {
            throw new IllegalArgumentException("The coarseness (%s) must be within 0.5 and 3.".formatted(coarseness));
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("The rounds (%d) of remeshing must be positive.".formatted(rounds));
        }
    }
}
