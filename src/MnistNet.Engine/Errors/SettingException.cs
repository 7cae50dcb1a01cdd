namespace MnistNet;

/// <summary>A setting outside its range, or one that contradicts another.</summary>
/// <param name="setting">The setting's name, as the user typed it.</param>
/// <param name="message">The value found, the values allowed, and what to do.</param>
/// <param name="errorId">A stable identifier.</param>
public sealed class SettingException(string setting, string message, string errorId = "InvalidSetting")
    : MnistNetException(errorId, message)
{
    internal SettingException(string setting, InvariantText message, string errorId = "InvalidSetting")
        : this(setting, message.ToString(), errorId)
    {
    }

    /// <summary>The setting's name.</summary>
    public string Setting { get; } = setting;
}
