namespace MnistNet;

/// <summary>The formats in which digits are saved.</summary>
public enum DigitFileFormat
{
    /// <summary>A picture: the digits in a sheet, light on dark.</summary>
    Png,

    /// <summary>MNIST's own: a file of images and one of labels, gzipped when the name ends in .gz.</summary>
    Idx,

    /// <summary>Kaggle's table, a row a digit, gzipped when the name ends in .gz.</summary>
    Csv,

    /// <summary>Arrays for numpy.load: images (count × rows × columns) and labels.</summary>
    Npz,
}
