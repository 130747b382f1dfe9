package dev.secant.fit.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.secant.fit.Distortion;
import dev.secant.fit.views.CalibratedCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calibrations as Pose2Sim, OpenCV and EasyMocap write them. */
class CalibrationFilesTest {

    private static final double[] QUARTER_ABOUT_X = {1, 0, 0, 0, 0, -1, 0, 1, 0};

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void readsPose2Sim() throws IOException {
        Path file = file(
                "Calib.toml",
                """
                [cam_01]
                name = "left"
                size = [ 1088.0, 1920.0]
                matrix = [ [ 1684.5, 0.0, 543.5], [ 0.0, 1683.7, 959.5], [ 0.0, 0.0, 1.0]]
                distortions = [ -0.039, 0.12, 0.003, -0.002]
                rotation = [ 1.5707963267948966, 0.0, 0.0]
                translation = [ 0.3, 0.9, 3.0]
                fisheye = false

                [metadata]
                adjusted = false
                error = 0.0
                """);
        CalibratedCamera camera = CalibrationFiles.read(List.of(file)).get(0);
        assertThat(camera.id()).isEqualTo("cam_01");
        assertThat(camera.width()).isEqualTo(1088);
        assertThat(camera.intrinsics().focalY()).isEqualTo(1683.7);
        assertThat(camera.intrinsics().distortion()).isEqualTo(new Distortion(-0.039, 0.12, 0.003, -0.002, 0));
        assertThat(camera.rotation()).containsExactly(QUARTER_ABOUT_X, within(1e-12));
        assertThat(camera.toCamera(new double[] {0, 0, 1})).containsExactly(new double[] {0.3, -0.1, 3}, within(1e-12));
        assertThat(camera.toWorld(new double[] {0.3, -0.1, 3})).containsExactly(new double[] {0, 0, 1}, within(1e-12));
    }

    @Test
    void refusesAFisheyeAndMissingExtrinsics() throws IOException {
        String intrinsics = "[cam]\nmatrix = [[900.0, 0.0, 500.0], [0.0, 900.0, 400.0], [0.0, 0.0, 1.0]]\n";
        Path fisheye = file("fisheye.toml", intrinsics + "fisheye = true\n");
        assertThatThrownBy(() -> CalibrationFiles.read(List.of(fisheye)))
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("fisheye lens");
        Path partial = file("partial.toml", intrinsics);
        assertThatThrownBy(() -> CalibrationFiles.read(List.of(partial))).hasMessageContaining("has no rotation");
        Path broken = file("broken.toml", "[cam\n");
        assertThatThrownBy(() -> CalibrationFiles.read(List.of(broken))).hasMessageContaining("is not TOML");
        assertThatThrownBy(() -> CalibrationFiles.read(List.of(folder.resolve("none.toml"))))
                .hasMessageContaining("does not exist");
    }

    @Test
    void readsEasyMocap() throws IOException {
        Path intrinsics = file(
                "intri.yml",
                """
                %YAML:1.0
                ---
                names:
                  - "01"
                K_01: !!opencv-matrix
                  rows: 3
                  cols: 3
                  dt: d
                  data: [9.0e+02, 0., 5.0e+02, 0., 9.1e+02, 4.0e+02, 0., 0., 1.]
                dist_01: !!opencv-matrix
                  rows: 1
                  cols: 5
                  dt: d
                  data: [-0.1, 0.2, 0.001, 0.002, 0.03]
                """);
        Path extrinsics = file(
                "extri.yml",
                """
                %YAML:1.0
                ---
                names:
                  - "01"
                R_01: !!opencv-matrix
                  rows: 3
                  cols: 1
                  dt: d
                  data: [1.5707963267948966, 0., 0.]
                Rot_01: !!opencv-matrix
                  rows: 3
                  cols: 3
                  dt: d
                  data: [1., 0., 0., 0., 0., -1., 0., 1., 0.]
                T_01: !!opencv-matrix
                  rows: 3
                  cols: 1
                  dt: d
                  data: [0.5, 1., 2.]
                """);
        CalibratedCamera camera =
                CalibrationFiles.read(List.of(intrinsics, extrinsics)).get(0);
        assertThat(camera.id()).isEqualTo("01");
        assertThat(camera.intrinsics().distortion()).isEqualTo(new Distortion(-0.1, 0.2, 0.001, 0.002, 0.03));
        assertThat(camera.rotation()).containsExactly(QUARTER_ABOUT_X, within(1e-12));
        assertThat(camera.translation()).containsExactly(0.5, 1, 2);
        // No size in the files: twice the principal point.
        assertThat(camera.width()).isEqualTo(1000);
        assertThatThrownBy(() -> CalibrationFiles.read(List.of(intrinsics)))
                .hasMessageContaining("T_01")
                .hasMessageContaining("extri.yml");
    }

    @Test
    void readsAFileOfOneCameraAsXmlAndAsYaml() throws IOException {
        Path xml = file(
                "front.xml",
                """
                <?xml version="1.0"?>
                <opencv_storage>
                <calibration_time>"Tue 24 Nov"</calibration_time>
                <image_width>1280</image_width>
                <image_height>720</image_height>
                <camera_matrix type_id="opencv-matrix">
                  <rows>3</rows><cols>3</cols><dt>d</dt>
                  <data>900. 0. 640. 0. 900. 360. 0. 0. 1.</data></camera_matrix>
                <distortion_coefficients type_id="opencv-matrix">
                  <rows>5</rows><cols>1</cols><dt>d</dt>
                  <data>-1.0e-01 2.0e-02 0. 0. 0.</data></distortion_coefficients>
                <rvec type_id="opencv-matrix">
                  <rows>3</rows><cols>1</cols><dt>d</dt><data>1.5707963267948966 0. 0.</data></rvec>
                <tvec type_id="opencv-matrix">
                  <rows>3</rows><cols>1</cols><dt>d</dt><data>0. 0. 4.</data></tvec>
                </opencv_storage>
                """);
        Path yaml = file(
                "side.yml",
                """
                %YAML:1.0
                ---
                image_width: 1280
                image_height: 720
                camera_matrix: !!opencv-matrix
                   rows: 3
                   cols: 3
                   dt: d
                   data: [ 900., 0., 640., 0., 900., 360., 0., 0., 1. ]
                R: !!opencv-matrix
                   rows: 3
                   cols: 3
                   dt: d
                   data: [ 1., 0., 0., 0., 0., -1., 0., 1., 0. ]
                T: [ 0., 0., 4. ]
                """);
        List<CalibratedCamera> cameras = CalibrationFiles.read(List.of(xml, yaml));
        assertThat(cameras).extracting(CalibratedCamera::id).containsExactly("front", "side");
        assertThat(cameras).allSatisfy(camera -> {
            assertThat(camera.width()).isEqualTo(1280);
            assertThat(camera.rotation()).containsExactly(QUARTER_ABOUT_X, within(1e-12));
            assertThat(camera.translation()).containsExactly(0, 0, 4);
        });
        assertThat(cameras.get(0).intrinsics().distortion().k1()).isEqualTo(-0.1);
    }

    @Test
    void readsAStereoPair() throws IOException {
        String matrix = "{ rows: 3, cols: 3, dt: d, data: [900., 0., 640., 0., 900., 360., 0., 0., 1.] }";
        Path intrinsics = file(
                "intrinsics.yml",
                "%YAML:1.0\n---\nM1: !!opencv-matrix " + matrix + "\nM2: !!opencv-matrix " + matrix + "\n");
        Path extrinsics = file(
                "extrinsics.yml",
                """
                %YAML:1.0
                ---
                R: !!opencv-matrix { rows: 3, cols: 3, dt: d, data: [1., 0., 0., 0., 1., 0., 0., 0., 1.] }
                T: !!opencv-matrix { rows: 3, cols: 1, dt: d, data: [-120., 0., 0.] }
                """);
        List<CalibratedCamera> cameras = CalibrationFiles.read(List.of(intrinsics, extrinsics));
        assertThat(cameras).extracting(CalibratedCamera::id).containsExactly("1", "2");
        assertThat(cameras.get(1).scaled(0.001).translation())
                .containsExactly(new double[] {-0.12, 0, 0}, within(1e-12));
    }

    @Test
    void refusesWhatItCannotModel() throws IOException {
        Path rational = file(
                "rational.yml",
                """
                %YAML:1.0
                ---
                K: !!opencv-matrix { rows: 3, cols: 3, dt: d, data: [900., 0., 640., 0., 900., 360., 0., 0., 1.] }
                D: !!opencv-matrix { rows: 1, cols: 8, dt: d, data: [0.1, 0., 0., 0., 0., 0.2, 0., 0.] }
                R: [0., 0., 0.]
                T: [0., 0., 1.]
                """);
        assertThatThrownBy(() -> CalibrationFiles.read(List.of(rational)))
                .hasMessageContaining("8 distortion coefficients");
        Path unsafe = file("unsafe.yml", "%YAML:1.0\n---\nK: !!javax.script.ScriptEngineManager []\n");
        assertThatThrownBy(() -> CalibrationFiles.read(List.of(unsafe))).isInstanceOf(CalibrationException.class);
        Path entity = file(
                "entity.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///none\">]><opencv_storage>&e;</opencv_storage>");
        assertThatThrownBy(() -> CalibrationFiles.read(List.of(entity))).isInstanceOf(CalibrationException.class);
    }
}
