package dev.secant.web.errors;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What the JSON parser complains about, in our words: the place, and nothing of our classes. */
final class JsonErrors {

    private JsonErrors() {}

    /** What is wrong, in a sentence. */
    static String detail(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "The field %s is unknown.".formatted(unknown.getPropertyName());
        }
        String place = e.getLocation() == null
                ? ""
                : " (line %d, column %d)"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        String message = e.getOriginalMessage();
        return firstSentence(e, message) + place + ".";
    }

    /** The place, if the JSON was well-formed. */
    static List<RequestError> errors(JacksonException e) {
        return e.getPath().isEmpty() ? List.of() : List.of(RequestError.at(pointer(e), detail(e)));
    }

    private static String pointer(JacksonException e) {
        StringBuilder pointer = new StringBuilder();
        for (JacksonException.Reference reference : e.getPath()) {
            pointer.append('/');
            if (reference.getPropertyName() != null) {
                pointer.append(reference.getPropertyName().replace("~", "~0").replace("/", "~1"));
            } else {
                pointer.append(reference.getIndex());
            }
        }
        return pointer.toString();
    }

    /** Jackson explains types by the names of Java classes; a client has no use for them. */
    private static String firstSentence(JacksonException e, String message) {
        if (message.startsWith("Trailing token")) {
            return "There is trailing content after the JSON document";
        }
        if (e instanceof DatabindException) {
            return "The value is not of the right type";
        }
        int end = message.indexOf('\n');
        String line = (end < 0 ? message : message.substring(0, end)).replaceAll(" \\(start marker at .*", "");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
