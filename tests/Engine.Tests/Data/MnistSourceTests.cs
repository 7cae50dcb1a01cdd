using System.IO.Compression;

namespace MnistNet.Tests;

public sealed class MnistSourceTests : IDisposable
{
    // The size and the classes of KMNIST, with nothing drawn in the images: no other dataset is known by less than its
    // hash.
    private static readonly Lazy<Dictionary<string, byte[]>> BlankKMnist = new(() => new Dictionary<string, byte[]>
    {
        ["train-images-idx3-ubyte.gz"] = BlankImages(60_000),
        ["train-labels-idx1-ubyte.gz"] = Idx.Gzip(Idx.Labels(Cycle(60_000))),
        ["t10k-images-idx3-ubyte.gz"] = BlankImages(10_000),
        ["t10k-labels-idx1-ubyte.gz"] = Idx.Gzip(Idx.Labels(Cycle(10_000))),
    });

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _log = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte")]
    [InlineData("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz",
        "t10k-labels-idx1-ubyte.gz")]
    [InlineData("train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images.idx3-ubyte",
        "t10k-labels.idx1-ubyte")]
    [InlineData("train-images.idx3-ubyte.gz", "train-labels.idx1-ubyte.gz", "t10k-images.idx3-ubyte.gz",
        "t10k-labels.idx1-ubyte.gz")]
    [InlineData("qmnist-train-images-idx3-ubyte", "qmnist-train-labels-idx2-int", "qmnist-test-images-idx3-ubyte",
        "qmnist-test-labels-idx2-int")]
    public void A_folder_is_read_under_all_names_in_circulation(
        string trainImages, string trainLabels, string testImages, string testLabels)
    {
        Func<byte[], byte[]> labels =
            trainLabels.Contains("int", StringComparison.Ordinal) ? Idx.ExtendedLabels : Idx.Labels;
        _folder.Write(trainImages, Idx.Images(3, Idx.SomePixels(3)));
        _folder.Write(trainLabels, labels([3, 1, 4]));
        _folder.Write(testImages, Idx.Images(2, Idx.SomePixels(2)));
        _folder.Write(testLabels, labels([1, 5]));

        MnistDataset dataset = MnistSource.Load(At(_folder.Path), Cancellation);

        Assert.Equal(
            ("MNIST", "MNIST train", "MNIST test", _folder.Path),
            (dataset.Name, dataset.Train.Name, dataset.Test.Name, dataset.Source));
        Assert.Equal([3, 1, 4], dataset.Train.GetLabels());
        Assert.Equal([1, 5], dataset.Test.GetLabels());
        Assert.True(dataset.Train.Pixels.SequenceEqual(Idx.SomePixels(3)));
    }

    [Fact]
    public void A_folder_with_the_tables_of_Kaggle_is_read()
    {
        byte[] pixels = Idx.SomePixels(1);
        _folder.Write("train.csv", Csv.Table(Csv.Header, Csv.Row(7, pixels)));
        _folder.Write("test.csv.gz", Idx.Gzip(Csv.Table(Csv.UnlabeledHeader, Csv.Row(pixels), Csv.Row(pixels))));

        MnistDataset dataset = MnistSource.Load(At(_folder.Path), Cancellation);

        Assert.Equal([7], dataset.Train.GetLabels());
        Assert.Equal((2, false), (dataset.Test.Count, dataset.Test.IsLabeled));
    }

    [Fact]
    public void One_part_is_loaded_without_touching_the_files_of_the_other()
    {
        WritePart("train", 3, 1, 4);
        _folder.Write("t10k-images-idx3-ubyte", "damaged"u8.ToArray());

        DigitSet train = MnistSource.LoadSplit(At(_folder.Path), DatasetSplit.Train, Cancellation);

        Assert.Equal([3, 1, 4], train.GetLabels());
    }

    [Fact]
    public void The_first_images_of_each_part_are_taken_with_a_count()
    {
        WritePart("train", 3, 1, 4);
        WritePart("t10k", 1);

        MnistDataset dataset = MnistSource.Load(At(_folder.Path) with { Count = 2 }, Cancellation);

        Assert.Equal([3, 1], dataset.Train.GetLabels());
        Assert.Equal([1], dataset.Test.GetLabels());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_count_below_1_is_refused(int count) =>
        Assert.Equal(
            "Count",
            Assert.Throws<SettingException>(
                () => MnistSource.Load(At(_folder.Path) with { Count = count }, Cancellation)).Setting);

    [Fact]
    public void A_single_file_of_images_comes_with_the_labels_beside_it()
    {
        WritePart("train", 3, 1, 4);

        DigitSet set = MnistSource.LoadFile(At(_folder["train-images-idx3-ubyte"]), Cancellation);

        Assert.Equal("train-images-idx3-ubyte", set.Name);
        Assert.Equal([3, 1, 4], set.GetLabels());
    }

    [Fact]
    public void A_single_file_of_images_without_labels_beside_it_has_none()
    {
        string path = _folder.Write("mine.idx", Idx.Images(2, Idx.SomePixels(2)));

        Assert.False(MnistSource.LoadFile(At(path), Cancellation).IsLabeled);
        Assert.Contains(_log, line => line.Contains("No labels lie beside", StringComparison.Ordinal));
    }

    [Fact]
    public void A_single_file_of_labels_is_refused_by_its_kind()
    {
        string path = _folder.Write("train-labels-idx1-ubyte", Idx.Labels(1, 2));

        DataFormatException error =
            Assert.Throws<DataFormatException>(() => MnistSource.LoadFile(At(path), Cancellation));

        Assert.Contains("holds labels; expected images", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_file_is_no_dataset()
    {
        WritePart("train", 3, 1, 4);

        Assert.Equal(
            "Path",
            Assert.Throws<SettingException>(
                () => MnistSource.Load(At(_folder["train-images-idx3-ubyte"]), Cancellation)).Setting);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        string path = _folder["nowhere"];

        DataSourceException error = Assert.Throws<DataSourceException>(() => MnistSource.Load(At(path), Cancellation));

        Assert.Equal("DataNotFound", error.ErrorId);
        Assert.Contains($"no folder or file {path}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_the_files_is_an_error_that_names_what_was_looked_for()
    {
        _folder.Write("notes.txt", []);

        DataSourceException error =
            Assert.Throws<DataSourceException>(() => MnistSource.Load(At(_folder.Path), Cancellation));

        Assert.Equal("DataNotFound", error.ErrorId);
        Assert.EndsWith("found notes.txt.", error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "train-images-idx3-ubyte, train-images-idx3-ubyte.gz, train-images.idx3-ubyte, "
            + "train-images.idx3-ubyte.gz", error.Message, StringComparison.Ordinal);
        Assert.Contains("train.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_without_their_labels_are_an_error_that_names_these()
    {
        _folder.Write("train-images-idx3-ubyte", Idx.Images(1, Idx.SomePixels(1)));

        DataSourceException error =
            Assert.Throws<DataSourceException>(
                () => MnistSource.LoadSplit(At(_folder.Path), DatasetSplit.Train, Cancellation));

        Assert.Contains(
            "has train-images-idx3-ubyte, but not its labels. Looked for "
            + "train-labels-idx1-ubyte", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_that_differ_are_named_with_both_files()
    {
        WritePart("train", 3, 1, 4);
        string labels = _folder.Write("train-labels-idx1-ubyte", Idx.Labels(3, 1));

        DataFormatException error =
            Assert.Throws<DataFormatException>(
                () => MnistSource.LoadSplit(At(_folder.Path), DatasetSplit.Train, Cancellation));

        Assert.Equal("CountsDiffer", error.ErrorId);
        Assert.StartsWith(
            $"{labels}: it holds 2 labels, but {_folder["train-images-idx3-ubyte"]} holds 3 "
            + $"images", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_of_the_variable_must_hold_the_real_MNIST()
    {
        WriteBlank("data");

        DataFormatException error =
            Assert.Throws<DataFormatException>(
                () => MnistSource.LoadSplit(Known(DatasetName.Mnist), DatasetSplit.Test, Cancellation));

        Assert.Equal("HashMismatch", error.ErrorId);
        Assert.StartsWith(_folder["data"], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_another_size_are_not_taken_for_a_known_dataset()
    {
        _folder.Write("data/kmnist/t10k-images-idx3-ubyte", Idx.Images(3, Idx.SomePixels(3)));
        _folder.Write("data/kmnist/t10k-labels-idx1-ubyte", Idx.Labels(1, 2, 3));

        DataFormatException error =
            Assert.Throws<DataFormatException>(
                () => MnistSource.LoadSplit(Known(DatasetName.KMnist), DatasetSplit.Test, Cancellation));

        Assert.Contains(
            "it holds 3 images of 28×28; t10k-images-idx3-ubyte.gz has 10,000 images of "
            + "28×28", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kmnist")]
    [InlineData("KMNIST")]
    [InlineData("k-mnist")]
    public void Another_dataset_is_found_in_a_subfolder_of_the_variable_with_its_name(string subfolder)
    {
        WriteBlank($"data/{subfolder}");

        MnistDataset dataset = MnistSource.Load(Known(DatasetName.KMnist), Cancellation);

        Assert.Equal(
            ("KMNIST", 60_000, 10_000, _folder[$"data/{subfolder}"]),
            (dataset.Name, dataset.Train.Count, dataset.Test.Count, dataset.Source));
    }

    [Fact]
    public void Files_of_MNIST_are_never_taken_for_another_dataset_of_the_same_file_names()
    {
        WriteBlank("data");
        WriteBlank("data/Fashion-MNIST");
        byte[] uneven = Cycle(10_000);
        uneven[0] = 1;
        _folder.Write("data/Fashion-MNIST/t10k-labels-idx1-ubyte.gz", Idx.Gzip(Idx.Labels(uneven)));
        using var empty = LoopbackServer.Serving(new Dictionary<string, byte[]>());

        DataFormatException mistaken =
            Assert.Throws<DataFormatException>(
                () => MnistSource.LoadSplit(Known(DatasetName.FashionMnist), DatasetSplit.Test, Cancellation));
        DataSourceException missing =
            Assert.Throws<DataSourceException>(() => MnistSource.Load(Known(DatasetName.KMnist, empty), Cancellation));

        Assert.Contains("another dataset's file of the same name", mistaken.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"{_folder["data"]} (MNISTNET_DATA) has no sub-folder kmnist.", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_downloaded_is_kept_in_the_cache_and_comes_from_there_the_next_time()
    {
        using var server = LoopbackServer.Serving(BlankKMnist.Value);

        MnistDataset first = MnistSource.Load(Known(DatasetName.KMnist, server), Cancellation);
        MnistDataset second = MnistSource.Load(Known(DatasetName.KMnist, server), Cancellation);

        Assert.Equal((server.Address.AbsoluteUri, _folder["cache/kmnist"]), (first.Source, second.Source));
        Assert.Equal(BlankKMnist.Value.Keys, server.Requests.Select(request => request.Name));
        Assert.Equal(
            BlankKMnist.Value.Keys.Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder["cache/kmnist"]).Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal));
        Assert.Equal(first.Test.GetFingerprint(), second.Test.GetFingerprint());
        Assert.Contains("MNISTNET_DATA is not set.", _log);
    }

    [Fact]
    public void Only_the_files_of_the_part_are_downloaded()
    {
        using var server = LoopbackServer.Serving(BlankKMnist.Value);

        MnistSource.LoadSplit(Known(DatasetName.KMnist, server), DatasetSplit.Test, Cancellation);

        Assert.Equal(
            ["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"],
            server.Requests.Select(request => request.Name));
    }

    [Fact]
    public void A_damaged_file_in_the_cache_is_fetched_anew_and_the_others_are_not()
    {
        using var server = LoopbackServer.Serving(BlankKMnist.Value);
        WriteBlank("cache/kmnist");
        string damaged = _folder.Write(
            "cache/kmnist/t10k-labels-idx1-ubyte.gz", BlankKMnist.Value["t10k-labels-idx1-ubyte.gz"][..^5]);

        MnistSource.Load(Known(DatasetName.KMnist, server), Cancellation);

        Assert.Equal("t10k-labels-idx1-ubyte.gz", Assert.Single(server.Requests).Name);
        Assert.Equal(BlankKMnist.Value["t10k-labels-idx1-ubyte.gz"], File.ReadAllBytes(damaged));
        Assert.Contains(_log, line => line.StartsWith($"{damaged}: the gzip is cut off", StringComparison.Ordinal));
    }

    [Fact]
    public void A_forced_download_ignores_what_is_there()
    {
        using var server = LoopbackServer.Serving(BlankKMnist.Value);
        WriteBlank("data/kmnist");
        WriteBlank("cache/kmnist");

        MnistSource.LoadSplit(Known(DatasetName.KMnist, server) with { Force = true }, DatasetSplit.Test, Cancellation);

        Assert.Equal(2, server.Requests.Length);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_does_not_lose_the_download()
    {
        using var server = LoopbackServer.Serving(BlankKMnist.Value);
        _folder.Write("cache", "a file where the folder should be"u8.ToArray());

        DigitSet set = MnistSource.LoadSplit(Known(DatasetName.KMnist, server), DatasetSplit.Test, Cancellation);

        Assert.Equal(10_000, set.Count);
        Assert.Contains(_log, line => line.Contains("could not be kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_that_download_at_once_leave_whole_files()
    {
        using var server = LoopbackServer.Serving(BlankKMnist.Value);
        MnistSourceOptions options = Known(DatasetName.KMnist, server) with { Log = null };

        DigitSet[] sets =
            await Task.WhenAll(
                Enumerable.Range(0, 4).Select(
                    _ => Task.Run(
                        () => MnistSource.LoadSplit(options, DatasetSplit.Test, Cancellation), Cancellation)));

        Assert.All(sets, set => Assert.Equal(10_000, set.Count));
        Assert.Equal(
            ["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"],
            Directory.GetFileSystemEntries(_folder["cache/kmnist"]).Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal));
        Assert.All(
            BlankKMnist.Value.Where(file => file.Key.StartsWith("t10k", StringComparison.Ordinal)),
            file => Assert.Equal(file.Value, File.ReadAllBytes(_folder[$"cache/kmnist/{file.Key}"])));
    }

    [Fact]
    public void A_page_and_wrong_content_are_refused_by_name_and_nothing_is_kept()
    {
        byte[] page = "<!DOCTYPE html><html><body>Welcome to the hotel's network</body></html>"u8.ToArray();
        using var portal =
            new LoopbackServer(
                (_, stream, _) => LoopbackServer.WriteAsync(stream, "200 OK", page, "Content-Type: text/html"));
        using var imitation = LoopbackServer.Serving(BlankKMnist.Value);
        MnistSourceOptions options = Known(DatasetName.Mnist, portal, imitation);

        DataSourceException error =
            Assert.Throws<DataSourceException>(() => MnistSource.LoadSplit(options, DatasetSplit.Test, Cancellation));

        Assert.Contains(
            $"{portal.Address}t10k-images-idx3-ubyte.gz: this is an HTML "
            + $"page", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"{imitation.Address}t10k-images-idx3-ubyte.gz: the SHA-256 of its raw content "
            + $"is", error.Message, StringComparison.Ordinal);
        Assert.Contains("`Synthetic`", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["cache"]));
    }

    [Theory]
    [InlineData("ftp://example.org/mnist/")]
    [InlineData("ftp://jane:s3cret@example.org/mnist/?s3cret")]
    [InlineData("jane:s3cret@example.org/mnist/?s3cret")]
    [InlineData("file:///mnist")]
    [InlineData("mnist")]
    public void A_mirror_that_is_not_a_web_address_is_refused(string mirror)
    {
        MnistSourceOptions options =
            Known(DatasetName.Mnist) with { Mirrors = [new Uri(mirror, UriKind.RelativeOrAbsolute)] };

        SettingException error = Assert.Throws<SettingException>(() => MnistSource.Load(options, Cancellation));

        Assert.Equal("Source", error.Setting);
        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data/?signature=s3cret")]
    [InlineData("data?signature=s3cret")]
    public void Secrets_in_an_address_reach_the_server_and_nobody_else(string folder)
    {
        using var good = LoopbackServer.Serving(BlankKMnist.Value);
        using var empty = LoopbackServer.Serving(new Dictionary<string, byte[]>());
        var told = new List<string>();
        MnistSourceOptions options = Known(DatasetName.KMnist, empty) with
        {
            Mirrors = [WithSecrets(empty), WithSecrets(good)],
            Progress = progress => told.Add(progress.ToString()),
        };

        MnistDataset dataset = MnistSource.Load(options, Cancellation);
        DataSourceException error = Assert.Throws<DataSourceException>(
            () => MnistSource.Load(options with { Mirrors = [WithSecrets(empty)], Force = true }, Cancellation));

        Assert.Equal(
            BlankKMnist.Value.Keys.Select(name => $"{name}?signature=s3cret"),
            good.Requests.Select(request => request.Name));
        Assert.All(
            good.Requests, request => Assert.Equal("Basic amFuZTpzM2NyZXQvPw==", request.Headers["Authorization"]));
        Assert.Equal(good.Address.AbsoluteUri, dataset.Source);
        Assert.All(
            [.. _log, .. told, dataset.Source, error.ToString()],
            text => Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal));

        Uri WithSecrets(LoopbackServer server) => new($"http://jane:s3cret%2F%3F@{server.Address.Authority}/{folder}");
    }

    [Fact]
    public void The_real_MNIST_is_downloaded_verified_and_cached()
    {
        string? data = Environment.GetEnvironmentVariable(MnistSourceOptions.FolderVariable);
        Assert.SkipUnless(File.Exists(Path.Combine(data ?? "", "t10k-images-idx3-ubyte.gz")),
            $"{MnistSourceOptions.FolderVariable} names no folder with MNIST's gz files.");
        using var server =
            LoopbackServer.Serving(
                Directory.GetFiles(data!, "*.gz").ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes));

        MnistDataset downloaded = MnistSource.Load(Known(DatasetName.Mnist, server), Cancellation);
        MnistDataset cached = MnistSource.Load(Known(DatasetName.Mnist), Cancellation);

        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], downloaded.Train.LabelCounts);
        Assert.Equal([7, 2, 1, 0, 4], cached.Test.Take(5).GetLabels());
        Assert.Equal(downloaded.Train.GetFingerprint(), cached.Train.GetFingerprint());
        Assert.Contains(_log, line => line.EndsWith("verified by SHA-256.", StringComparison.Ordinal));
    }

    private static byte[] BlankImages(int count) =>
        Idx.Gzip(Idx.Images(count, new byte[count * 784]), CompressionLevel.Fastest);

    private static byte[] Cycle(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];

    private MnistSourceOptions At(string path) => new() { Path = path, Log = _log.Add };

    /// <summary>A dataset by name, kept away from the machine's own folders and mirrors.</summary>
    private MnistSourceOptions Known(DatasetName dataset, params LoopbackServer[] mirrors) => new()
    {
        Dataset = dataset,
        DataFolder = Directory.Exists(_folder["data"]) ? _folder["data"] : null,
        CacheFolder = _folder["cache"],
        Mirrors = [.. mirrors.Select(server => server.Address)],
        Patience = new DownloadOptions { BackOff = TimeSpan.FromMilliseconds(1) },
        Log = _log.Add,
    };

    private void WritePart(string prefix, params byte[] labels)
    {
        _folder.Write($"{prefix}-images-idx3-ubyte", Idx.Images(labels.Length, Idx.SomePixels(labels.Length)));
        _folder.Write($"{prefix}-labels-idx1-ubyte", Idx.Labels(labels));
    }

    private void WriteBlank(string folder)
    {
        foreach ((string name, byte[] content) in BlankKMnist.Value)
        {
            _folder.Write($"{folder}/{name}", content);
        }
    }
}
