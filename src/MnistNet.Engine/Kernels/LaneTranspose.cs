using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Kernels;

/// <summary>Turns 16 images with a vector of units each into units with a vector of 16 images each, and back.</summary>
internal static unsafe class LaneTranspose
{
    private const int Lanes = NetworkLayout.Lanes;

    /// <summary>From a vector an image to a vector a unit. The lanes of images that are not there become 0.</summary>
    /// <param name="rows">One vector an image.</param>
    /// <param name="images">The number of images, at most 16.</param>
    /// <param name="columns">Takes one vector a unit.</param>
    /// <param name="units">The number of units, at most 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToColumns(float* rows, int images, float* columns, int units)
    {
        for (int unit = 0; unit < units; unit++)
        {
            float* from = rows + unit, to = columns + (unit * Lanes);
            if (images < Lanes)
            {
                Vector512<float>.Zero.Store(to);
                for (int image = 0; image < images; image++)
                {
                    to[image] = from[image * Lanes];
                }

                continue;
            }

            Four(from, to);
            Four(from + (4 * Lanes), to + 4);
            Four(from + (8 * Lanes), to + 8);
            Four(from + (12 * Lanes), to + 12);
        }
    }

    /// <summary>From a vector a unit to a vector an image.</summary>
    /// <param name="columns">One vector a unit; up to a multiple of four units, the vectors of those that are not there
    /// hold 0.</param>
    /// <param name="units">The number of units, at most 16.</param>
    /// <param name="rows">Takes one vector an image. The lanes of units that are not there become 0.</param>
    /// <param name="images">The number of images, at most 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToRows(float* columns, int units, float* rows, int images)
    {
        for (int image = 0; image < images; image++)
        {
            float* from = columns + image, to = rows + (image * Lanes);
            for (int unit = 0; unit < Lanes; unit += 4)
            {
                if (unit < units)
                {
                    Four(from + (unit * Lanes), to + unit);
                }
                else
                {
                    Vector128<float>.Zero.Store(to + unit);
                }
            }
        }
    }

    // One 16-byte store of four numbers: the vector load that follows waits for fewer stores.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(float* from, float* to) =>
        Vector128.Create(from[0], from[Lanes], from[2 * Lanes], from[3 * Lanes]).Store(to);
}
