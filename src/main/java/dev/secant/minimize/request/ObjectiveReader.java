package dev.secant.minimize.request;

import dev.secant.minimize.MinimizationRequest;
import dev.secant.objective.CompiledObjective;
import dev.secant.objective.ObjectiveDefinition;
import dev.secant.objective.ParameterReader;
import dev.secant.objective.catalogue.Catalogue;
import dev.secant.objective.catalogue.CatalogueEntry;
import dev.secant.objective.graph.ParameterValue;
import dev.secant.objective.graph.TensorType;
import dev.secant.objective.syntax.ExpressionLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is minimized: objective or expression, dimension, parameters. */
final class ObjectiveReader {

    private final ExpressionLimits limits;
    private final Violations violations;

    ObjectiveReader(ExpressionLimits limits, Violations violations) {
        this.limits = limits;
        this.violations = violations;
    }

    /**
     * What was read.
     *
     * @param definition the objective
     * @param entry where it comes from the catalogue
     */
    record Read(ObjectiveDefinition definition, @Nullable CatalogueEntry entry) {}

    /** The objective, or null if there is a problem. */
    @Nullable
    Read read(MinimizationRequest request) {
        if ((request.objective() == null) == (request.expression() == null)) {
            violations.add(
                    "",
                    "Either an objective of the catalogue or an expression must be given, and not both. Maybe start with"
                            + " {\"objective\": \"rosenbrock\"}.");
            return null;
        }
        String name = request.objective();
        CatalogueEntry entry = name == null ? null : entry(name);
        if (name != null && entry == null) {
            return null;
        }
        Map<String, ParameterValue> parameters = parameters(request, entry);
        if (parameters == null) {
            return null;
        }
        Integer dimension = dimension(request, entry, parameters);
        if (dimension == null) {
            return null;
        }
        if (entry == null) {
            return new Read(new ObjectiveDefinition(String.valueOf(request.expression()), dimension, parameters), null);
        }
        try {
            return new Read(ObjectiveDefinition.of(entry, dimension, parameters), entry);
        } catch (IllegalArgumentException e) {
            violations.add("/parameters", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable CatalogueEntry entry(String name) {
        CatalogueEntry entry = Catalogue.standard().find(name).orElse(null);
        if (entry == null) {
            violations.add(
                    "/objective",
                    "The catalogue has no objective (%s).%s GET /v1/objectives lists them."
                            .formatted(name, Catalogue.standard().suggestion(name)));
        }
        return entry;
    }

    private @Nullable Map<String, ParameterValue> parameters(
            MinimizationRequest request, @Nullable CatalogueEntry entry) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (entry != null) {
            all.putAll(entry.parameters());
        }
        if (request.parameters() != null) {
            all.putAll(request.parameters());
        }
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        boolean valid = true;
        for (Map.Entry<String, @Nullable Object> parameter : all.entrySet()) {
            String name = parameter.getKey();
            String pointer = "/parameters/" + name.replace("~", "~0").replace("/", "~1");
            String reason = CompiledObjective.whyNotParameter(name);
            if (entry != null && !entry.parameters().containsKey(name)) {
                reason = "%s has no parameter %s; it has %s."
                        .formatted(entry.name(), name, entry.parameters().keySet());
            }
            try {
                Object json = parameter.getValue();
                values.put(name, ParameterReader.read(json == null ? "null" : json));
            } catch (ParameterReader.MalformedParameterException e) {
                violations.add(pointer + e.pointer(), String.valueOf(e.getMessage()));
                valid = false;
            }
            if (reason != null) {
                violations.add(pointer, reason);
                valid = false;
            }
        }
        return valid ? values : null;
    }

    private @Nullable Integer dimension(
            MinimizationRequest request, @Nullable CatalogueEntry entry, Map<String, ParameterValue> parameters) {
        Map<String, TensorType> types = new LinkedHashMap<>();
        parameters.forEach((name, value) -> types.put(name, value.type()));
        Integer fromStarts = fromStarts(request.starts());
        Integer given = request.dimension() == null ? fromStarts : request.dimension();
        String pointer = request.dimension() == null && fromStarts != null ? "/starts/0" : "/dimension";
        if (entry != null) {
            int usual;
            try {
                usual = entry.dimension(types);
            } catch (RuntimeException e) {
                violations.add(
                        "/parameters",
                        "The parameters' shapes do not fit %s: it needs %s, with n = %s."
                                .formatted(entry.name(), entry.formula(), entry.dimension()));
                return null;
            }
            int n = given == null ? usual : given;
            String reason = entry.whyNotDimension(n, usual);
            if (reason == null && followsFromParameters(entry) && n != usual) {
                reason = "The parameters make n = %d, not %d.".formatted(usual, n);
            }
            return violations.require(reason == null, pointer, String.valueOf(reason)) ? n : null;
        }
        if (given == null) {
            violations.add("/starts", "An expression needs starts, or a dimension and a sampling.");
            return null;
        }
        boolean valid = violations.require(
                given >= 1 && given <= limits.dimension(),
                pointer,
                "The dimension (%d) must be from 1 to %d.".formatted(given, limits.dimension()));
        return valid ? given : null;
    }

    private static boolean followsFromParameters(CatalogueEntry entry) {
        return !entry.dimension().matches("\\d+");
    }

    private static @Nullable Integer fromStarts(@Nullable List<@Nullable List<@Nullable Double>> starts) {
        if (starts == null || starts.isEmpty()) {
            return null;
        }
        List<@Nullable Double> first = starts.get(0);
        return first == null || first.isEmpty() ? null : first.size();
    }
}
