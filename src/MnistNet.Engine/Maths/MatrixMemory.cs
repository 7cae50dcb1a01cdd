using System.Globalization;

namespace MnistNet;

/// <summary>Refuses a batch whose float64 matrices would not fit, before anything is allocated.</summary>
internal static class MatrixMemory
{
    /// <summary>The bytes of X and Y, and of Z, A and dZ of every layer, for a number of images.</summary>
    public static long Bytes(Network network, long images)
        => sizeof(double) * images
            * (network.Inputs + network.Outputs + (3L * network.Layers.Sum(layer => layer.Outputs)));

    /// <exception cref="SettingException">A matrix is longer than an array may be, or all together are larger than the
    /// memory.</exception>
    public static void RequireRoom(Network network, DigitSet digits, long? memory = null)
    {
        long available = memory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        long bytes = Bytes(network, digits.Count);
        int widest = Math.Max(network.Inputs, network.Layers.Max(layer => layer.Outputs));
        if (bytes <= available && (long)widest * digits.Count <= Array.MaxLength)
        {
            return;
        }

        long fitting = Math.Max(1, Math.Min(available / 2 / Bytes(network, 1), Array.MaxLength / widest));
        throw new SettingException(
            "Data",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The matrices of {digits.Count:N0} digits through {network} would take {bytes / 1e9:N1} GB in "
                    + $"float64, "
                + $"and this machine offers {available / 1e9:N1} GB. Take fewer digits, for example the first "
                + $"{Math.Min(fitting, 1000)}; a training needs no such matrices."),
            "BatchTooLarge");
    }
}
