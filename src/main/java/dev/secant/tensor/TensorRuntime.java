package dev.secant.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * The loaded PyTorch engine of this process: its devices and its memory.
 *
 * <p>Loading takes about a second and happens once, on first use. The native library comes from the class path
 * (the {@code pytorch-native-*} artifact of the platform); nothing is downloaded.
 */
public final class TensorRuntime {

    private static final String THREADS_PROPERTY = "secant.tensor.threads";

    /**
     * One: the engine's threads spin while they wait for each other, so that on a machine whose cores have other work, too,
     * two are slower than one by far; and the arrays here are small.
     */
    private static final int DEFAULT_THREADS = 1;

    private static volatile boolean loaded;

    private final Engine engine;

    private TensorRuntime() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.default_engine", "PyTorch");
        // DJL reports usage unless told not to; a service on somebody's own machine does not.
        System.setProperty("OPT_OUT_TRACKING", "true");
        try {
            engine = Engine.getEngine("PyTorch");
        } catch (EngineException | UnsatisfiedLinkError e) {
            throw new TensorRuntimeException(
                    "The PyTorch library for %s (%s) could not be loaded: %s%nMaybe the jar was built for another platform: build it here, or with -Dpytorch.platform=linux-x86_64, linux-aarch64, osx-aarch64 or win-x86_64."
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), e.getMessage()),
                    e);
        }
        JniUtils.setNumThreads(Integer.getInteger(THREADS_PROPERTY, DEFAULT_THREADS));
    }

    /** The runtime of this process, loaded on first use. */
    public static TensorRuntime get() {
        return Holder.INSTANCE;
    }

    /** Whether this process has begun to load the engine. A process that only takes requests never does. */
    public static boolean isLoaded() {
        return loaded;
    }

    /** The engine's version, for example {@code PyTorch 2.7.1}. */
    public String version() {
        return engine.getEngineName() + " " + engine.getVersion();
    }

    /** All devices, accelerators first; the CPU is always the last. */
    public List<Device> devices() {
        List<Device> devices = new ArrayList<>();
        for (int index = 0; index < engine.getGpuCount(); index++) {
            devices.add(Device.gpu(index));
        }
        devices.add(Device.cpu());
        return List.copyOf(devices);
    }

    /** The first accelerator, else the CPU. */
    public Device preferredDevice() {
        return devices().get(0);
    }

    /**
     * The device of a name.
     *
     * @param name {@code auto}, {@code cpu}, {@code gpu} or {@code gpu0}, {@code gpu1}, ...
     * @throws IllegalArgumentException if this machine has no such device
     */
    public Device device(String name) {
        if (name.equals("auto")) {
            return preferredDevice();
        }
        Device device = name.equals("gpu") ? Device.gpu(0) : Device.fromName(name);
        if (!devices().contains(device)) {
            throw new IllegalArgumentException(
                    "The device (%s) is not among this machine's devices %s.".formatted(name, devices()));
        }
        return device;
    }

    /** A new root of native memory on a device; closing it frees every array that it still holds. */
    public NDManager newManager(Device device) {
        return engine.newBaseManager(device);
    }

    /** How many threads one operation may use on the CPU: 1, or as set with {@code -Dsecant.tensor.threads=N}. */
    public int operationThreads() {
        return JniUtils.getNumThreads();
    }

    /** Seeds the engine's own random numbers (dropout masks). */
    public void seed(long seed) {
        JniUtils.setSeed(seed);
    }

    private static final class Holder {
        static final TensorRuntime INSTANCE = load();

        private static TensorRuntime load() {
            loaded = true;
            return new TensorRuntime();
        }
    }
}
