namespace MnistNet;

/// <summary>What is known about a dataset: its files, where they are served, and what must be in them.</summary>
/// <param name="Name">The name in the contract.</param>
/// <param name="Title">The name as its authors write it.</param>
/// <param name="Folder">The name of its folder in the user's cache.</param>
/// <param name="Mirrors">The addresses that serve the files, to be tried in turn.</param>
/// <param name="TrainImages">The images to learn from.</param>
/// <param name="TrainLabels">Their labels.</param>
/// <param name="TestImages">The images to be tested on.</param>
/// <param name="TestLabels">Their labels.</param>
internal sealed record DatasetDescriptor(
    DatasetName Name,
    string Title,
    string Folder,
    Uri[] Mirrors,
    DatasetFile TrainImages,
    DatasetFile TrainLabels,
    DatasetFile TestImages,
    DatasetFile TestLabels)
{
    /// <summary>What the classes are called, where they are not digits; else null.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    private static readonly DatasetDescriptor Mnist = Classic(
        DatasetName.Mnist,
        "MNIST",
        "mnist",
        isBalanced: false,
        [
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ],
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/");

    // The files of the next two have MNIST's names and sizes; what tells them from MNIST is that their classes are
    // equal in number (6,000 and 1,000 each).
    private static readonly DatasetDescriptor FashionMnist = Classic(
        DatasetName.FashionMnist,
        "Fashion-MNIST",
        "fashion-mnist",
        isBalanced: true,
        [],
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/") with
    {
        ClassNames =
        [
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
        ],
    };

    private static readonly DatasetDescriptor KMnist = Classic(
        DatasetName.KMnist,
        "KMNIST",
        "kmnist",
        isBalanced: true,
        [],
        "http://codh.rois.ac.jp/kmnist/dataset/kmnist/") with
    {
        ClassNames = ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"],
    };

    private static readonly DatasetDescriptor QMnist = new(
        DatasetName.QMnist,
        "QMNIST",
        "qmnist",
        [new Uri("https://raw.githubusercontent.com/facebookresearch/qmnist/master/")],
        new DatasetFile(
            "qmnist-train-images-idx3-ubyte.gz", HoldsImages: true, 60_000, Sha256: null, IsBalanced: false),
        new DatasetFile("qmnist-train-labels-idx2-int.gz", HoldsImages: false, 60_000, Sha256: null, IsBalanced: false),
        new DatasetFile("qmnist-test-images-idx3-ubyte.gz", HoldsImages: true, 60_000, Sha256: null, IsBalanced: false),
        new DatasetFile("qmnist-test-labels-idx2-int.gz", HoldsImages: false, 60_000, Sha256: null, IsBalanced: false));

    /// <summary>All that is known.</summary>
    public static IReadOnlyList<DatasetDescriptor> All { get; } = [Mnist, FashionMnist, KMnist, QMnist];

    /// <summary>The facts of one dataset.</summary>
    public static DatasetDescriptor Of(DatasetName name) =>
        All.FirstOrDefault(descriptor => descriptor.Name == name)
        ?? throw new SettingException("Dataset",
            $"There is no dataset {name}; choose one of {string.Join(", ", Enum.GetNames<DatasetName>())}.");

    /// <summary>The images of a part.</summary>
    public DatasetFile Images(DatasetSplit split) => split == DatasetSplit.Train ? TrainImages : TestImages;

    /// <summary>The labels of a part.</summary>
    public DatasetFile Labels(DatasetSplit split) => split == DatasetSplit.Train ? TrainLabels : TestLabels;

    /// <summary>What a part is called, such as <c>MNIST train</c>.</summary>
    public string SetName(DatasetSplit split) => $"{Title} {(split == DatasetSplit.Train ? "train" : "test")}";

    private static DatasetDescriptor Classic(
        DatasetName name,
        string title,
        string folder,
        bool isBalanced,
        string[] sha256,
        params string[] mirrors) => new(
        name,
        title,
        folder,
        Array.ConvertAll(mirrors, mirror => new Uri(mirror)),
        new DatasetFile(
            "train-images-idx3-ubyte.gz", HoldsImages: true, 60_000, sha256.ElementAtOrDefault(0), IsBalanced: false),
        new DatasetFile(
            "train-labels-idx1-ubyte.gz", HoldsImages: false, 60_000, sha256.ElementAtOrDefault(1), isBalanced),
        new DatasetFile(
            "t10k-images-idx3-ubyte.gz", HoldsImages: true, 10_000, sha256.ElementAtOrDefault(2), IsBalanced: false),
        new DatasetFile(
            "t10k-labels-idx1-ubyte.gz", HoldsImages: false, 10_000, sha256.ElementAtOrDefault(3), isBalanced));
}
