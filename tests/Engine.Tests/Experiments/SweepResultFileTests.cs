namespace MnistNet.Tests;

public sealed class SweepResultFileTests : IDisposable
{
    private const string Fingerprint = "0123456789abcdef";

    private static readonly SweepPlan Plan = SweepPlan.Grid([new("Alpha", [0.1, 0.5]), new("Seed", [1, 2, 3])]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_come_back_as_they_were()
    {
        SweepRun[] rows =
        [
            Row(0).With(row =>
            {
                row.TrainAccuracy = 1.0 / 3;
                row.Loss = double.NaN;
                row.Updates = 700;
                row.StopReason = StopReason.Diverged;
                row.Host = "näme";
            }),
            Row(1).With(row => row.Error = "a \"quoted\" word, and a comma"),
        ];
        Write(rows);

        using SweepResultFile file = Open();

        Assert.Equal(rows, file.Rows);
    }

    [Fact]
    public void Appending_goes_on_where_the_file_ended_and_leaves_nothing_else_behind()
    {
        Write(Row(0));
        Write(Row(1));

        using (SweepResultFile file = Open())
        {
            Assert.Equal([Row(0), Row(1)], file.Rows);
        }

        Assert.Equal(["runs.csv"], _folder.Names);
    }

    [Fact]
    public void A_row_cut_off_anywhere_is_removed_and_the_rows_before_it_stay()
    {
        Write(Row(0));
        long whole = new FileInfo(Path).Length;
        Write(Row(1).With(row => { row.Host = "host"; row.NetworkFingerprint = "89abcdef"; }));
        byte[] all = File.ReadAllBytes(Path);

        for (long length = whole; length < all.Length; length++)
        {
            File.WriteAllBytes(Path, all[..(int)length]);
            using (SweepResultFile file = Open())
            {
                Assert.Equal([Row(0)], file.Rows);
                file.Append(Row(2));
            }

            using SweepResultFile again = Open();
            Assert.Equal([Row(0), Row(2)], again.Rows);
        }
    }

    [Fact]
    public void A_header_cut_off_anywhere_is_written_anew()
    {
        Write(Row(0));
        byte[] header = [.. File.ReadAllBytes(Path).TakeWhile(value => value != '\n')];

        for (int length = 0; length <= header.Length; length++)
        {
            File.WriteAllBytes(Path, header[..length]);
            Write(Row(1));
            using SweepResultFile file = Open();
            Assert.Equal([Row(1)], file.Rows);
        }
    }

    [Fact]
    public void A_file_saved_by_a_spreadsheet_is_read()
    {
        Write(Row(0));
        File.WriteAllText(
            Path,
            File.ReadAllText(Path).Replace("\n", "\r\n", StringComparison.Ordinal),
            new System.Text.UTF8Encoding(true));

        using SweepResultFile file = Open();

        Assert.Equal([Row(0)], file.Rows);
    }

    [Fact]
    public void A_table_that_Export_Csv_wrote_is_read()
    {
        Write(Row(0));
        File.WriteAllLines(Path, File.ReadAllLines(Path).Select(line =>
            $"\"{line.Replace(",", "\",\"", StringComparison.Ordinal)}\""));

        using SweepResultFile file = Open();

        Assert.Equal([Row(0)], file.Rows);
    }

    [Fact]
    public void A_file_of_version_0_1_is_read_and_written_on_with_the_new_columns()
    {
        const string Header =
            "Hidden,Activation,Initializer,Optimizer,Alpha,Iterations,BatchSize,Epochs,Momentum,Beta1,Beta2,"
            + "Epsilon,WeightDecay,Schedule,WarmUp,LabelSmoothing,ValidationFraction,Patience,MinimumDelta,"
            + "TargetAccuracy,MaxSeconds,Seed,Data,DataFingerprint,TrainAccuracy,ValidationAccuracy,"
            + "TestAccuracy,Loss,TestLoss,Updates,Seconds,ImagesPerSecond,StopReason,NetworkFingerprint,Host,"
            + "Error";
        string[] columns = Header.Split(',');
        Write(Row(0));
        string[] now = File.ReadAllLines(Path), fields = now[1].Split(',');
        string[] names = now[0].Split(',');
        File.WriteAllLines(
            Path, [Header, string.Join(',', columns.Select(name => fields[Array.IndexOf(names, name)]))]);

        Write(Row(1));

        using SweepResultFile file = Open();
        Assert.Equal([Row(0), Row(1)], file.Rows);
        Assert.Equal(now, File.ReadLines(Path).Take(2));
        Assert.Equal(["runs.csv", "runs.csv.lock"], _folder.Names.Order());
    }

    [Theory]
    [InlineData("Name,Value\na,1\n")]
    [InlineData("no table at all")]
    [InlineData("PK\u0003\u0004")]
    public void A_file_of_something_else_is_refused_and_left_as_it_is(string content)
    {
        File.WriteAllText(Path, content);

        Assert.Equal("ResultFileInvalid", Assert.Throws<DataFormatException>(Open).ErrorId);

        Assert.Equal(content, File.ReadAllText(Path));
        Assert.Equal(["runs.csv"], _folder.Names);
    }

    [Fact]
    public void A_damaged_row_in_the_middle_is_refused_with_its_line()
    {
        Write(Row(0), Row(1));
        File.WriteAllText(Path, File.ReadAllText(Path).Replace(",ReLU,", ",Relux,", StringComparison.Ordinal));

        Assert.Contains(
            "line 2: 'Relux' in column Activation",
            Assert.Throws<DataFormatException>(Open).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_end_is_refused()
    {
        File.WriteAllText(Path, new string('a', 1 << 20));

        Assert.Equal("ResultFileInvalid", Assert.Throws<DataFormatException>(Open).ErrorId);
    }

    [Fact]
    public void Rows_on_other_data_are_refused()
    {
        Write(Row(0).With(row => row.DataFingerprint = "fedcba9876543210"));

        SettingException exception = Assert.Throws<SettingException>(Open);

        Assert.Equal("ResultFileOfAnotherSweep", exception.ErrorId);
        Assert.Contains("fedcba9876543210", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_another_sweep_are_refused_and_the_difference_named()
    {
        Write(Row(0).With(row => { row.Alpha = 0.3; row.Seed = 1; }));

        SettingException exception = Assert.Throws<SettingException>(Open);

        Assert.Equal("ResultFileOfAnotherSweep", exception.ErrorId);
        Assert.Contains("Alpha 0.3", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_larger_sweep_goes_on_with_the_file_of_a_smaller_one()
    {
        Write(Row(0));
        SweepPlan larger = SweepPlan.Grid([new("Alpha", [0.01, 0.1, 0.5, 1]), new("Seed", [0, 1, 2, 3])]);

        using SweepResultFile file = SweepResultFile.Open(Path, larger, Fingerprint);

        Assert.Equal([Row(0)], file.Rows);
    }

    [Fact]
    public void Two_sweeps_do_not_write_to_one_file()
    {
        using SweepResultFile first = Open();

        Assert.Equal("ResultFileInUse", Assert.Throws<SettingException>(Open).ErrorId);
    }

    [Fact]
    public void A_disk_that_is_full_while_appending_leaves_the_rows_before()
    {
        using var disk = new FullDisk(capacity: 1500);
        using var file = SweepResultFile.Open("runs.csv", AppendOnlyFile.On("runs.csv", disk), Plan, Fingerprint);
        file.Append(Row(0));
        byte[] whole = disk.ToArray();

        IOException exception = Assert.Throws<IOException>((Action)(() =>
        {
            while (true)
            {
                file.Append(Row(1).With(row => row.Error = new string('x', 100)));
                whole = disk.ToArray();
            }
        }));

        Assert.Contains("No space left", exception.Message, StringComparison.Ordinal);
        Assert.Equal(whole, disk.ToArray());
    }

    private string Path => _folder["runs.csv"];

    private static SweepRun Row(long position) => Plan[position].With(row =>
    {
        row.Data = "MNIST";
        row.DataFingerprint = Fingerprint;
    });

    private SweepResultFile Open() => SweepResultFile.Open(Path, Plan, Fingerprint);

    private void Write(params SweepRun[] rows)
    {
        using SweepResultFile file = SweepResultFile.Open(
            Path, SweepPlan.Grid([new("Alpha", [0.1, 0.3, 0.5]), new("Seed", [1, 2, 3])]), rows[0].DataFingerprint);
        foreach (SweepRun row in rows)
        {
            file.Append(row);
        }
    }

    /// <summary>Takes what fits, then fails, as a disk does.</summary>
    private sealed class FullDisk(int capacity) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            int room = (int)Math.Min(count, capacity - Position);
            base.Write(buffer, offset, room);
            if (room < count)
            {
                throw new IOException("No space left on device.");
            }
        }
    }
}
