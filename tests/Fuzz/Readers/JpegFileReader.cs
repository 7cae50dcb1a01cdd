namespace MnistNet.Fuzz;

/// <summary>Pictures in JPEG, baseline and progressive, in colours subsampled and in grey.</summary>
internal sealed class JpegFileReader : PictureReader
{
    // Drawn and written by the Python Imaging Library: 24×18 pixels, quality 40, optimised tables.
    private static readonly string[] s_samples =
    [
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKB"
            + "TmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8"
            + "fHz/wgARCAASABgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAUE/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAEC/9oADAMBAAIQ"
            + "AxAAAAGlm0z82gIAA//EABkQAAMAAwAAAAAAAAAAAAAAAAECAwAQIP/aAAgBAQABBQLEck6mrCnH/8QAFBEBAAAAAAAAAAAAAAAAAAAA"
            + "IP/aAAgBAwEBPwEf/8QAFBEBAAAAAAAAAAAAAAAAAAAAIP/aAAgBAgEBPwEf/8QAGxAAAQQDAAAAAAAAAAAAAAAAAQAQETESIIH/2gAI"
            + "AQEABj8CQrgcTOIrX//EAB4QAAIABgMAAAAAAAAAAAAAAAERABAgIWGhMUHR/9oACAEBAAE/IYDhJPNvrc0ScWFjz7T/AP/aAAwDAQAC"
            + "AAMAAAAQ+/8A/wD/xAAUEQEAAAAAAAAAAAAAAAAAAAAg/9oACAEDAQE/EB//xAAVEQEBAAAAAAAAAAAAAAAAAAABIP/aAAgBAgEBPxAj"
            + "/8QAHRABAQABBAMAAAAAAAAAAAAAAREhABAgMUFRYf/aAAgBAQABPxDQO9NEwii1PT6GPc2GGZyskIHy3pS4MOOH/9k=",
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKB"
            + "TmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8"
            + "fHz/wAARCAASABgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAYF/8QAIRAAAQQCAQUBAAAAAAAAAAAAAQACAxEEIQUSMTJB"
            + "QlH/xAAWAQEBAQAAAAAAAAAAAAAAAAAAAgH/xAAVEQEBAAAAAAAAAAAAAAAAAAAAAf/aAAwDAQACEQMRAD8ApVm4edNPLE174nhxNiGM"
            + "u1RIJddN/PrYNHvWkp/j8bLj5CEStmONE7pismmU1wpwPs35Cxeho6iKUCIiloiIgIiIP//Z",
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKB"
            + "TmCNl4x9lnN+gXz/wAALCAASABgBAREA/8QAFgABAQEAAAAAAAAAAAAAAAAAAAYF/8QAIRAAAQQCAQUBAAAAAAAAAAAAAQACAxEEIQUS"
            + "MTJBQlH/2gAIAQEAAD8ApVm4edNPLE174nhxNiGMu1RIJddN/PrYNHvWkin+PxsuPkIRK2Y40TumKyaZTXCnA+zf"
            + "kLF6GjqgREX/2Q==",
    ];

    public override string Name => "jpeg";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        [0xFF, 0xC0], [0xFF, 0xC2], [0xFF, 0xC4], [0xFF, 0xD8], [0xFF, 0xD9], [0xFF, 0xDA], [0xFF, 0xDB], [0xFF, 0xDD],
        [0xFF, 0xD0],
        [0xFF, 0xE1], [0xFF, 0xEE], [0xFF, 0x00], [.. "Exif\0\0MM\0*"u8], [.. "Adobe"u8], [0x01, 0x12, 0, 3], [0x44],
        [0x11],
    ];

    public override IReadOnlyList<byte[]> MakeSamples()
        => [.. s_samples.Select(Convert.FromBase64String), Convert.FromHexString("FFD8FFE02A104A46494600")];
}
