namespace MnistNet;

/// <summary>The numbers of a network as files hold them.</summary>
internal static class NetworkNumbers
{
    /// <summary>A matrix's numbers, rows after each other.</summary>
    public static double[] RowMajor(Matrix matrix) => matrix.Values.ToRowMajorArray();
}
