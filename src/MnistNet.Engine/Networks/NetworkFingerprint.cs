using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MnistNet;

/// <summary>What tells the weights of one network from those of another.</summary>
internal static class NetworkFingerprint
{
    /// <summary>
    /// The SHA-256, in hex, over the float64 numbers of W1, b1, W2, b2 …, each row after row, and over the
    /// preprocessing where there is one.
    /// </summary>
    internal static string Of(Network network)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Matrix matrix in network.Parameters)
        {
            var row = new byte[matrix.ColumnCount * sizeof(double)];
            for (int r = 0; r < matrix.RowCount; r++)
            {
                for (int c = 0; c < matrix.ColumnCount; c++)
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(row.AsSpan(c * sizeof(double)), matrix.Values.At(r, c));
                }

                hash.AppendData(row);
            }
        }

        // Nothing is added for a network without: its fingerprint is what it was before there was preprocessing.
        if (network.Preprocessing != Preprocessing.None)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(network.Preprocessing.ToString()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
