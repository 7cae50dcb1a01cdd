namespace MnistNet;

/// <summary>The numbers of a network as files hold them.</summary>
internal static class NetworkNumbers
{
    /// <summary>Whether float32 holds every parameter without loss, as it does after training.</summary>
    public static bool AreSingle(Network network) =>
        network.Parameters.All(matrix => Array.TrueForAll(matrix.Values.Values, value => (float)value == value));

    /// <summary>A matrix's numbers, rows after each other.</summary>
    public static double[] RowMajor(Matrix matrix) => matrix.Values.ToRowMajorArray();
}
