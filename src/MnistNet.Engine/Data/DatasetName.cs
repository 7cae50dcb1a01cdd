namespace MnistNet;

/// <summary>A known set of 28×28 images in MNIST's format, ten classes each.</summary>
public enum DatasetName
{
    /// <summary>
    /// Handwritten digits: 60,000 to learn from, 10,000 to be tested on (Y. LeCun, C. Cortes, C. Burges).
    /// </summary>
    Mnist,

    /// <summary>Pieces of clothing, 60,000 and 10,000 (H. Xiao and others, Zalando Research, 2017).</summary>
    FashionMnist,

    /// <summary>Cursive Japanese characters, 60,000 and 10,000 (T. Clanuwat and others, ROIS-DS CODH, 2018).</summary>
    KMnist,

    /// <summary>MNIST drawn again from its origin, with a test set of 60,000 (C. Yadav and L. Bottou, 2019).</summary>
    QMnist,
}
