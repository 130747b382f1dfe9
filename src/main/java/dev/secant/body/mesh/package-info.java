/** Meshes of posed bodies: glTF, OBJ and PLY files, normals, and a small software renderer. */
@NullMarked
package dev.secant.body.mesh;

import org.jspecify.annotations.NullMarked;
