namespace MnistNet;

/// <summary>
/// The formulas' sign for the transpose. It is not a property of <see cref="Matrix"/> itself: whatever walks over an
/// object's properties, as a serializer does, would go round in a circle.
/// </summary>
public static class MatrixTranspose
{
    extension(Matrix matrix)
    {
        /// <inheritdoc cref="Matrix.Transpose"/>
        public Matrix T => matrix.Transpose();
    }
}
