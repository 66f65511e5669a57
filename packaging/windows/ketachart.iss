; Makes the installer for Windows with Inno Setup 6: per person, without an administrator.
; Called by build.ps1, which says what it is told here:
;   iscc /DVersion=1.0.0 /DFolder=... /DOut=... /DName=... packaging\windows\ketachart.iss

#ifndef Version
  #error The version is told by build.ps1: /DVersion=1.0.0
#endif
#ifndef Folder
  #error The frozen folder is told by build.ps1: /DFolder=...
#endif

[Setup]
AppId={{6E6C2A0B-0E8A-4C43-9F52-5B0C0D1C7A51}
AppName=KetaChart
AppVersion={#Version}
AppVerName=KetaChart {#Version}
AppPublisher=The KetaChart maintainers
DefaultDirName={localappdata}\Programs\KetaChart
DisableDirPage=yes
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
ChangesAssociations=yes
CloseApplications=yes
OutputDir={#Out}
OutputBaseFilename={#Name}
SetupIconFile={#Folder}\..\..\freeze\notes\ketachart.ico
UninstallDisplayIcon={app}\ketachart-window.exe
UninstallDisplayName=KetaChart
Compression=lzma2/max
SolidCompression=yes
VersionInfoVersion={#Version}

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[CustomMessages]
en.Package=KetaChart package
es.Package=Paquete de KetaChart
en.Update=KetaChart update
es.Update=Actualización de KetaChart
en.Kept=The ledger of this account stays where it is: %1
es.Kept=El registro de esta cuenta se queda donde está: %1

; What an earlier version laid there and this one does not have must not be loaded any more.
[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{userprograms}\KetaChart"; Filename: "{app}\ketachart-window.exe"

[Registry]
Root: HKCU; Subkey: "Software\Classes\.ketachart-update"; ValueType: string; ValueData: "KetaChart.Update"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\KetaChart.Update"; ValueType: string; ValueData: "{cm:Update}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\KetaChart.Update\DefaultIcon"; ValueType: string; ValueData: "{app}\ketachart-window.exe,0"
Root: HKCU; Subkey: "Software\Classes\.ketacard"; ValueType: string; ValueData: "KetaChart.Package"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\.keta"; ValueType: string; ValueData: "KetaChart.Package"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\KetaChart.Package"; ValueType: string; ValueData: "{cm:Package}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\KetaChart.Package\DefaultIcon"; ValueType: string; ValueData: "{app}\ketachart-window.exe,0"

[Run]
Filename: "{app}\ketachart-window.exe"; Description: "{cm:LaunchProgram,KetaChart}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(Step: TUninstallStep);
begin
  if (Step = usPostUninstall) and not UninstallSilent then
    MsgBox(FmtMessage(CustomMessage('Kept'), [ExpandConstant('{localappdata}\ketachart')]), mbInformation, MB_OK);
end;
