package dev.secant.web.errors;

import dev.secant.text.EditDistance;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/** Refuses query parameters that a call does not have: a misspelt one would otherwise be ignored. */
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
        String nearest = EditDistance.nearest(name, known).orElseThrow();
        return EditDistance.between(name, nearest) <= Math.max(1, nearest.length() / 2)
                ? "Unknown parameter %s. Maybe you mean %s.".formatted(name, nearest)
                : "Unknown parameter %s; the parameters are %s.".formatted(name, String.join(", ", known));
    }
}
