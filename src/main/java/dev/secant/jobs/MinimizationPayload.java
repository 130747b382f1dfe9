package dev.secant.jobs;

import dev.secant.minimize.MinimizationPlan;
import dev.secant.minimize.MinimizationRequest;
import dev.secant.objective.catalogue.Catalogue;
import dev.secant.objective.catalogue.CatalogueEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a MINIMIZATION job is asked, as stored: the request, and what results show of how it was read.
 *
 * @param version of this form, {@value #VERSION}
 * @param expression the formula, also of catalogue entries
 * @param request what was posted
 */
public record MinimizationPayload(int version, String expression, MinimizationRequest request) {

    private static final int VERSION = 1;

    /** Of a request that was read. */
    public static MinimizationPayload of(MinimizationRequest request, MinimizationPlan plan) {
        return new MinimizationPayload(VERSION, plan.definition().formula(), request);
    }

    /**
     * Reads what is stored. Nothing is compiled.
     *
     * @throws IllegalStateException if a later release has written it
     */
    public static MinimizationPayload read(JsonMapper json, String stored) {
        JsonNode tree = json.readTree(stored);
        if (!tree.has("version")) {
            return unversioned(json.treeToValue(tree, MinimizationRequest.class));
        }
        int version = tree.get("version").asInt();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "The stored request has version %d, not %d. Maybe a later release has written it."
                            .formatted(version, VERSION));
        }
        return json.treeToValue(tree, MinimizationPayload.class);
    }

    /** Before there were versions the request alone was stored. */
    private static MinimizationPayload unversioned(MinimizationRequest request) {
        String name = request.objective();
        String expression = name == null
                ? request.expression()
                : Catalogue.standard().find(name).map(CatalogueEntry::formula).orElse(name);
        return new MinimizationPayload(VERSION, String.valueOf(expression), request);
    }
}
