<#
.SYNOPSIS
    Makes the help that PowerShell reads (MAML) from the pages in docs/cmdlets.
.DESCRIPTION
    A page holds the words; README.md beside this file shows its form. What the assembly knows better (syntax, types,
    positions, aliases, pipeline input) is asked of the assembly, so that it is written once and cannot go stale.
#>
param(
    [string] $Destination = "$PSScriptRoot/../module/en-US/MnistNet.Cmdlets.dll-Help.xml",

    # The module to ask; it must have been built.
    [string] $Module = "$PSScriptRoot/../MnistNet.psd1"
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module -Name "$PSScriptRoot/HelpPage.psm1"
Import-Module -Name $Module

$namespaces = @{
    maml    = 'http://schemas.microsoft.com/maml/2004/10'
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
}
$common = [System.Management.Automation.PSCmdlet]::CommonParameters

# An element: its name, its content (text, or code that writes its children), its attributes.
function Add-Element([string] $Name, $Content, [System.Collections.IDictionary] $Attributes = @{}) {
    $prefix, $local = $Name -split ':'
    $xml.WriteStartElement($prefix, $local, $namespaces[$prefix])
    foreach ($key in $Attributes.Keys) { $xml.WriteAttributeString($key, "$($Attributes[$key])") }
    if ($Content -is [scriptblock]) { & $Content } else { $xml.WriteString("$Content") }
    $xml.WriteEndElement()
}

function Add-Paragraph([string] $Name, [string[]] $Paragraphs) {
    Add-Element $Name { foreach ($paragraph in $Paragraphs) { Add-Element maml:para $paragraph } }
}

# As PowerShell's own help says it.
function Get-PipelineInput($Parameter) {
    $ways = @(
        if ($Parameter.ValueFromPipeline) { 'ByValue' }
        if ($Parameter.ValueFromPipelineByPropertyName) { 'ByPropertyName' }
    )
    $ways ? "True ($($ways -join ', '))" : 'False'
}

function Add-Parameter($Parameter, $Page, $Metadata, [switch] $InSyntax) {
    $words = $Page.Parameters[$Parameter.Name] ?? @{ Text = @(); Default = '' }
    $type = $Parameter.ParameterType
    $hasWildcards = @($Metadata.Attributes.Where({ $_ -is [SupportsWildcards] })).Count -gt 0
    $attributes = [ordered]@{
        required       = "$($Parameter.IsMandatory)".ToLowerInvariant()
        variableLength = "$($type.IsArray)".ToLowerInvariant()
        globbing       = "$hasWildcards".ToLowerInvariant()
        pipelineInput  = Get-PipelineInput $Parameter
        position       = $Parameter.Position -lt 0 ? 'named' : $Parameter.Position + 1
        aliases        = $Parameter.Aliases ? $Parameter.Aliases -join ', ' : 'none'
    }
    Add-Element command:parameter -Attributes $attributes {
        Add-Element maml:name $Parameter.Name
        Add-Paragraph maml:description $words.Text
        if (-not ($InSyntax -and $type -eq [switch])) {
            $name = $type.Name -replace 'Nullable`1', ([System.Nullable]::GetUnderlyingType($type)?.Name)
            Add-Element command:parameterValue $name ([ordered]@{ required = 'true'
            variableLength = $attributes.variableLength })
        }
        Add-Element dev:type { Add-Element maml:name $type.ToString(); Add-Element maml:uri '' }
        Add-Element dev:defaultValue ($words.Default ? $words.Default : $type -eq [switch] ? 'False' : 'None')
    }
}

function Add-TypeList([string] $Name, $Types) {
    foreach ($type in $Types.Keys) {
        Add-Element $Name {
            Add-Element dev:type { Add-Element maml:name $type }
            Add-Paragraph maml:description $Types[$type]
        }
    }
}

function Add-Command($Command, $Page) {
    Add-Element command:command {
        Add-Element command:details {
            Add-Element command:name $Command.Name
            Add-Element command:verb $Command.Verb
            Add-Element command:noun $Command.Noun
            Add-Paragraph maml:description $Page.Synopsis
        }
        Add-Paragraph maml:description $Page.Description
        Add-Element command:syntax {
            foreach ($set in $Command.ParameterSets) {
                Add-Element command:syntaxItem {
                    Add-Element maml:name $Command.Name
                    $ordered = $set.Parameters | Where-Object Name -notin $common |
                        Sort-Object { $_.Position -lt 0 ? 1000 : $_.Position }, { -not $_.IsMandatory } -Stable
                    foreach ($parameter in $ordered) {
                        Add-Parameter $parameter $Page $Command.Parameters[$parameter.Name] -InSyntax }
                }
            }
        }
        Add-Element command:parameters {
            foreach ($name in $Page.Parameters.Keys) {
                $metadata = $Command.Parameters[$name]
                if (-not $metadata) { throw "$($Page.Path): $($Command.Name) has no parameter -$name." }
                $parameter = $Command.ParameterSets.Parameters.Where({ $_.Name -eq $name }, 'First')[0]
                Add-Parameter $parameter $Page $metadata
            }
        }
        Add-Element command:inputTypes { Add-TypeList command:inputType $Page.Inputs }
        Add-Element command:returnValues { Add-TypeList command:returnValue $Page.Outputs }
        if ($Page.Notes) { Add-Element maml:alertSet { Add-Paragraph maml:alert $Page.Notes } }
        Add-Element command:examples {
            $number = 0
            foreach ($example in $Page.Examples) {
                $number++
                Add-Element command:example {
                    Add-Element maml:title "------- Example ${number}: $($example.Title) -------"
                    Add-Paragraph maml:introduction $example.Introduction
                    Add-Element dev:code $example.Code
                    # The empty paragraph keeps the next title at a distance.
                    Add-Paragraph dev:remarks ($example.Remarks + '')
                }
            }
        }
        Add-Element maml:relatedLinks {
            foreach ($link in $Page.Links) {
                Add-Element maml:navigationLink { Add-Element maml:linkText $link; Add-Element maml:uri '' }
            }
        }
    }
}

$text = [System.IO.StringWriter]::new()
$xml = [System.Xml.XmlWriter]::Create($text, [System.Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"
OmitXmlDeclaration = $true })
$xml.WriteStartElement('helpItems', 'http://msh')
$xml.WriteAttributeString('schema', 'maml')
foreach ($prefix in 'maml', 'command', 'dev') { $xml.WriteAttributeString('xmlns', $prefix, $null,
    $namespaces[$prefix]) }
foreach ($page in Get-ChildItem -Path "$PSScriptRoot/cmdlets/*.md" | Sort-Object -Property Name | Import-HelpPage) {
    Add-Command (Get-Command -Name $page.Name -Module MnistNet) $page
}
$xml.WriteEndElement()
$xml.Flush()
Set-Content -LiteralPath $Destination -Value "<?xml version=`"1.0`" encoding=`"utf-8`"?>`n$text"
