package dev.secant.tensor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No tensor reads memory that the JVM's garbage collection may free. */
public class OwnedMemoryTest {

    /** Comparisons, sums and differences save no operand for the backward pass. */
    private static final Set<String> SAVE_NOTHING = Set.of("add", "sub", "eq", "neq", "gt", "gte", "lt", "lte");

    /** Frees what garbage collection may free, and writes over it. */
    public static void overwriteFreedMemory() {
        List<ByteBuffer> garbage = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            System.gc();
            // Reserving direct memory also waits for what the collection found to be freed.
            for (int i = 0; i < 2000; i++) {
                garbage.add(ByteBuffer.allocateDirect(8).putDouble(0, 1e6 + i));
                garbage.add(ByteBuffer.allocateDirect(192).putDouble(0, 1e6 + i).putDouble(8, i));
            }
        }
        assertThat(garbage).hasSize(12_000);
    }

    @Test
    void viewsOfClosedTensorsKeepTheirNumbers() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            double[] numbers = {1, 2, 3, 4, 5, 6};
            List<NDArray> views = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
                    try (NDArray matrix = Tensors.of(manager, type, numbers, new Shape(2, 3))) {
                        views.add(matrix.transpose());
                    }
                }
                try (NDArray indices = Tensors.of(manager, new long[] {7, 8, 9})) {
                    views.add(indices.get("1:"));
                }
                try (NDArray conditions = Tensors.of(manager, new boolean[] {true, false}, new Shape(2))) {
                    views.add(conditions.reshape(2, 1));
                }
            }
            overwriteFreedMemory();
            for (int i = 0; i < views.size(); i += 4) {
                assertThat(views.get(i).toFloatArray()).containsExactly(1, 4, 2, 5, 3, 6);
                assertThat(views.get(i + 1).toDoubleArray()).containsExactly(1, 4, 2, 5, 3, 6);
                assertThat(views.get(i + 2).toLongArray()).containsExactly(8, 9);
                assertThat(views.get(i + 3).toBooleanArray()).containsExactly(true, false);
            }
        }
    }

    @Test
    void numbersSavedByTheGraphOutliveACollection() {
        try (NDManager manager = TensorRuntime.get().newManager(Device.cpu())) {
            NDArray x = Tensors.of(manager, new double[] {2, 3}, new Shape(1, 2));
            double expected = Math.pow(1.01, 200);
            for (int round = 0; round < 3; round++) {
                ValueAndGradient result = Autograd.valueAndGradient(OwnedMemoryTest::growth, x);
                for (double component : result.gradient().toDoubleArray()) {
                    assertThat(component).isEqualTo(expected, within(1e-9));
                }
            }
        }
    }

    private static NDArray growth(NDArray x) {
        NDArray values = x;
        for (int i = 0; i < 200; i++) {
            values = ScalarMath.mul(values, 1.01);
        }
        NDArray sums = values.sum(new int[] {1});
        overwriteFreedMemory();
        return sums;
    }

    @Test
    void onlyThisPackageMakesTensorsOfJavaNumbers() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.secant.tensor..")
                .should()
                .callMethodWhere(borrowsJavaNumbers())
                .because("DJL's array borrows a buffer of the JVM; Tensors and ScalarMath make it own its memory")
                // Tests too: their objectives are recorded as well.
                .check(new ClassFileImporter().importPackages("dev.secant"));
    }

    private static DescribedPredicate<JavaMethodCall> borrowsJavaNumbers() {
        return DescribedPredicate.describe("a tensor is made over a buffer of the JVM", OwnedMemoryTest::borrows);
    }

    private static boolean borrows(JavaAccess<?> access) {
        JavaMethodCall call = (JavaMethodCall) access;
        List<String> parameters = call.getTarget().getRawParameterTypes().stream()
                .map(JavaClass::getName)
                .toList();
        if (call.getTargetOwner().isAssignableTo(NDManager.class)) {
            return call.getName().equals("create")
                    && !parameters.get(0).equals(Shape.class.getName())
                    && !parameters.get(0).equals(String.class.getName());
        }
        return call.getTargetOwner().isAssignableTo(NDArray.class)
                && (parameters.contains(Number.class.getName()) && !SAVE_NOTHING.contains(call.getName())
                        || parameters.contains(Buffer.class.getName()));
    }
}
