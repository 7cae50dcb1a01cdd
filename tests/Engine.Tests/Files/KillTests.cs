namespace MnistNet.Tests;

/// <summary>
/// Writers that are killed at any moment lose nothing that they said was written, and leave nothing behind.
/// </summary>
public sealed class KillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sweep_that_is_killed_loses_no_row_that_was_appended()
    {
        string path = _folder["runs.csv"];
        var random = new Random(1);
        for (int kill = 0; kill < MortalChild.Kills; kill++)
        {
            int last = int.Parse(
                MortalChild.KillAtAnyMoment(MortalChild.Job.Rows, path, random)!,
                System.Globalization.CultureInfo.InvariantCulture);

            using SweepResultFile file = SweepResultFile.Open(path, MortalChild.Plan, "");
            Assert.InRange(file.Rows.Count, last + 1, (int)MortalChild.Plan.Count);
            Assert.Equal(Enumerable.Range(0, file.Rows.Count), file.Rows.Select(row => row.Seed));
            Assert.All(file.Rows, row => Assert.Equal("0123456789abcdef", row.NetworkFingerprint));
        }

        Assert.Equal(["runs.csv"], _folder.Names);
    }

    [Fact]
    public void A_network_whose_writer_is_killed_is_the_old_one_or_the_new_one()
    {
        string path = _folder["n.safetensors"];
        var random = new Random(1);
        for (int kill = 0; kill < MortalChild.Kills; kill++)
        {
            Assert.NotNull(MortalChild.KillAtAnyMoment(MortalChild.Job.Networks, path, random));

            Network network = NetworkFile.Load(path);
            Assert.Contains(network, new[] { MortalChild.Network, MortalChild.OtherNetwork });
        }

        // What a killed writer left is taken away once it is old enough to belong to no writer that is just beginning.
        foreach (string name in _folder.Names)
        {
            File.SetLastWriteTimeUtc(_folder[name], DateTime.UtcNow.AddMinutes(-2));
        }

        NetworkFile.Save(MortalChild.Network, path);
        Assert.Equal(["n.safetensors"], _folder.Names);
    }
}
