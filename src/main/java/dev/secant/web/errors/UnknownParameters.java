package dev.secant.web.errors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/** Rejects query parameters that an operation does not have: a misspelt one would otherwise be ignored. */
public final class UnknownParameters implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() == null
                || !(handler instanceof HandlerMethod method)
                || !method.getBeanType().getPackageName().startsWith("dev.secant.web")) {
            return true;
        }
        NavigableSet<String> known = known(method);
        List<RequestError> errors =
                UriComponentsBuilder.newInstance()
                        .query(request.getQueryString())
                        .build()
                        .getQueryParams()
                        .keySet()
                        .stream()
                        .filter(name -> !known.contains(name))
                        .map(name -> RequestError.of(name, complaint(name, known)))
                        .toList();
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    ProblemType.UNKNOWN_PARAMETER, errors.get(0).detail(), errors);
        }
        return true;
    }

    private static NavigableSet<String> known(HandlerMethod method) {
        NavigableSet<String> known = new TreeSet<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestParam.class)) {
                known.add(parameter.getParameter().getName());
            } else if (parameter.hasParameterAnnotation(ParameterObject.class)) {
                Arrays.stream(parameter.getParameterType().getRecordComponents())
                        .map(RecordComponent::getName)
                        .forEach(known::add);
            }
        }
        return known;
    }

    private static String complaint(String name, NavigableSet<String> known) {
        if (known.isEmpty()) {
            return "Unknown parameter %s; this operation has none.".formatted(name);
        }
        String nearest = known.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .orElseThrow();
        return distance(name, nearest) <= Math.max(1, nearest.length() / 2)
                ? "Unknown parameter %s. Maybe you mean %s.".formatted(name, nearest)
                : "Unknown parameter %s; the parameters are %s.".formatted(name, String.join(", ", known));
    }

    /** Letters to insert, delete or replace (Levenshtein 1966), whatever their case. */
    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] above = new int[right.length() + 1];
        Arrays.setAll(above, i -> i);
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[right.length() + 1];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = above[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[right.length()];
    }
}
